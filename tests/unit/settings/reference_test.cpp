// SPDX-License-Identifier: Apache-2.0
#include "settings/reference.hpp"

#include <ajour/sdk/settings.hpp>

#include "settings/check.hpp"
#include "settings/host_rows.hpp"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace ajour::settings {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::vector<Table> tables() {
    return {host_table(),
            plugin_table("source", "oci", "Releases from an OCI registry.",
                         {sdk::choice_setting("tls", "on", "on|off", "Whether TLS is used."),
                          sdk::text_setting("pattern", "a\\b", "A pattern."),
                          sdk::required(sdk::path_setting("root", "", "Where.")),
                          sdk::secret_setting("token", "The token.")})};
}

/// The sample as somebody would have it who takes away each '#' before a key.
std::string uncommented(const std::string& sample) {
    std::string text;
    std::size_t begin = 0;
    while (begin < sample.size()) {
        const auto end = sample.find('\n', begin);
        auto line = sample.substr(begin, end - begin);
        const bool is_setting =
            line.size() > 1 && line[0] == '#' && line[1] != ' ' && line[1] != '#';
        text += (is_setting ? line.substr(1) : line) + "\n";
        begin = end + 1;
    }
    return text;
}

TEST(Reference, page_names_every_setting) {
    const auto page = reference_page(tables());
    for (const auto& table : tables()) {
        for (const auto& row : table.rows) {
            EXPECT_THAT(page, HasSubstr("| `" + table.full_key(row) + "` | "));
        }
    }
    EXPECT_THAT(page, HasSubstr("\n## source.oci\n\nReleases from an OCI registry.\n"));
    EXPECT_THAT(page, HasSubstr("| `source.oci.tls` | `on` | on or off | Whether TLS is used. |"));
    EXPECT_THAT(page, HasSubstr("| `source.oci.root` | required | a path | Where. |"));
}

TEST(Reference, sample_says_nothing_but_the_defaults) {
    const auto sample = parse(sample_file(tables()));
    ASSERT_TRUE(sample);
    EXPECT_THAT(sample->entries(), IsEmpty());
    EXPECT_THAT(sample->problems(), IsEmpty());
}

TEST(Reference, sample_without_its_marks_gives_the_same_values) {
    const auto document = parse(uncommented(sample_file(tables())));
    ASSERT_TRUE(document);
    const auto all = tables();
    EXPECT_EQ(text_of(unknown_keys(*document, all)), "");
    EXPECT_EQ(document->entries().size(), all[0].rows.size() + all[1].rows.size());
    const auto host = check_host(*document);
    EXPECT_EQ(text_of(host.problems), "");
    EXPECT_THAT(host.section.differing_keys(check_host({}).section), IsEmpty());
    EXPECT_EQ(check(*document, all[1], "/").section.text("pattern"), "a\\b");
}

TEST(Reference, describes_one_table) {
    EXPECT_THAT(description(tables()[1]),
                HasSubstr("source.oci.tls = on\n    Whether TLS is used.\n    Takes on or off.\n"));
}

}  // namespace
}  // namespace ajour::settings
