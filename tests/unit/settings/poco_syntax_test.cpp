// SPDX-License-Identifier: Apache-2.0
// The syntax is that of Poco's PropertyFileConfiguration: here both read the same texts.
#include "settings/document.hpp"
#include "unit/settings/poco_values.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

namespace ajour::settings {
namespace {

using Values = std::map<std::string, std::string>;

Values read_by_us(const Document& document) {
    Values values;
    for (const auto& [key, entry] : document.entries()) values[key] = entry.value;
    return values;
}

Values read_by_poco(const std::string& text, const Document& document) {
    std::vector<std::string> keys;
    for (const auto& [key, entry] : document.entries()) keys.push_back(key);
    return values_by_poco(text, keys);
}

std::string random_text(std::mt19937& random) {
    constexpr std::string_view pieces[] = {"\n", "\r\n", "\r", "=", ":", " ",   "\t",   "\\",
                                           "#",  "!",    "x",  "n", "y", "\\t", "\\\n", "\\\r\n"};
    constexpr std::string_view keys[] = {"a", "b.c", " d_", "e\t"};
    std::string text;
    for (const auto key : keys) {
        text.append(key).append(random() % 2 == 0 ? "=" : " :");
        for (auto i = random() % 12; i > 0; --i) text += pieces[random() % std::size(pieces)];
        text += "\n";
    }
    return text;
}

TEST(PocoSyntax, gives_the_values_that_poco_gives) {
    std::mt19937 random(20240601);
    std::size_t entries = 0;
    for (int i = 0; i < 20'000; ++i) {
        const auto text = random_text(random);
        const auto document = parse(text);
        ASSERT_TRUE(document);
        // Poco lets a later line win; we refuse such a file.
        if (!document->problems().empty()) continue;
        entries += document->entries().size();
        ASSERT_EQ(read_by_us(*document), read_by_poco(text, *document)) << text;
    }
    EXPECT_GT(entries, 1000U);
}

}  // namespace
}  // namespace ajour::settings
