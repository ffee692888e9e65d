// SPDX-License-Identifier: Apache-2.0
// docs/protocol.md: each example is a vector, and stands where its meaning belongs.
#include "support/places.hpp"
#include "vectors.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <regex>

namespace ajour::test {

namespace {

struct Example {
    std::string section;
    std::string name;
    std::string bytes;
};

/// The rows of the wire's tables: ... | name | `bytes` |
std::vector<Example> load_examples() {
    std::ifstream in(AJOUR_SOURCE_DIR "/docs/protocol.md");
    const std::regex row(R"(.*\| (.+) \| `([^`]+)` \|)");
    std::vector<Example> examples;
    std::string section;
    for (std::string line; std::getline(in, line) && line != "## The decision";) {
        std::smatch match;
        if (line.rfind("### ", 0) == 0) section = line.substr(4);
        if (std::regex_match(line, match, row)) examples.push_back({section, match[1], match[2]});
    }
    return examples;
}

sdk::Bytes bytes_of_example(const std::string& text) {
    const auto view = sdk::bytes_of(text);
    const bool is_json = text.front() == '{' || text.front() == '[';
    return is_json ? sdk::Bytes(view.begin(), view.end()) : bytes_from_hex(text);
}

std::vector<Vector> all_vectors() {
    auto all = load_vectors("statuses.txt");
    for (const auto* file : {"commands.txt", "statuses_json.txt"}) {
        const auto more = load_vectors(file);
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

TEST(ProtocolDocument, has_only_examples_that_are_vectors) {
    const auto vectors = all_vectors();
    const auto examples = load_examples();
    ASSERT_GT(examples.size(), 40U);
    for (const auto& example : examples) {
        const auto bytes = bytes_of_example(example.bytes);
        const auto found = std::find_if(vectors.begin(), vectors.end(), [&](const auto& one) {
            return one.name == example.name && one.bytes == bytes;
        });
        ASSERT_NE(found, vectors.end()) << example.name;
        EXPECT_EQ(found->is_rejected(), example.section == "What the server rejects")
            << example.name;
    }
}

}  // namespace

}  // namespace ajour::test
