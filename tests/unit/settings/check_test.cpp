// SPDX-License-Identifier: Apache-2.0
#include "settings/check.hpp"

#include <ajour/sdk/settings.hpp>

#include "support/temp_directory.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace ajour::settings {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Table table{"source.oci.",
                  "",
                  {sdk::path_setting("root", "./images", ""), sdk::path_setting("proxy", "", ""),
                   sdk::duration_setting("timeout", "30s", 1, 60'000, ""),
                   sdk::list_setting("prefixes", "a,b", ""), sdk::secret_setting("token", ""),
                   sdk::required(sdk::text_setting("host", "", ""))}};

Checked check_text(std::string_view text, const std::filesystem::path& base = "/base") {
    return check(*parse(text, "f"), table, base);
}

std::vector<std::string> sentences(const Problems& problems) {
    std::vector<std::string> all;
    for (const auto& problem : problems) all.push_back(problem.sentence());
    return all;
}

TEST(Check, fills_in_defaults_and_makes_paths_absolute) {
    const auto checked = check_text("source.oci.host = h");
    EXPECT_THAT(checked.problems, IsEmpty());
    EXPECT_EQ(checked.section.text("root"), "/base/images");
    EXPECT_EQ(checked.section.text("proxy"), "");
    EXPECT_EQ(checked.section.duration("timeout"), std::chrono::seconds(30));
    EXPECT_THAT(checked.section.list("prefixes"), ElementsAre("a", "b"));
    EXPECT_EQ(checked.section.text("token"), "");
    EXPECT_EQ(checked.section.text("host"), "h");
}

TEST(Check, takes_the_values_of_the_document) {
    const auto checked = check_text(
        "source.oci.host = h\nsource.oci.root = /abs/../x\nsource.oci.timeout = 5ms\n"
        "source.oci.prefixes = c");
    EXPECT_EQ(checked.section.text("root"), "/x");
    EXPECT_EQ(checked.section.duration("timeout"), std::chrono::milliseconds(5));
    EXPECT_THAT(checked.section.list("prefixes"), ElementsAre("c"));
}

TEST(Check, lists_every_problem_with_its_line) {
    const auto checked = check_text("source.oci.timeout = soon\n\nsource.oci.host =\n");
    EXPECT_THAT(sentences(checked.problems),
                ElementsAre("f:1: source.oci.timeout: found 'soon', expected a duration from 1ms "
                            "to 1m, a number and ms, s, m, h or d",
                            "f:3: source.oci.host: found nothing, expected a text"));
    EXPECT_THAT(sentences(check_text("").problems),
                ElementsAre("source.oci.host: found nothing, expected a text"));
}

TEST(Check, takes_nothing_for_a_value_only_where_it_is_one) {
    const auto checked = check_text(
        "source.oci.host = h\nsource.oci.proxy =\nsource.oci.prefixes =\nsource.oci.token =");
    EXPECT_THAT(checked.problems, IsEmpty());
    EXPECT_THAT(checked.section.list("prefixes"), IsEmpty());
    EXPECT_THAT(sentences(check_text("source.oci.host = h\nsource.oci.root =").problems),
                ElementsAre("f:2: source.oci.root: found nothing, expected a path"));
}

TEST(Check, gives_a_secret_as_its_file_has_it_now) {
    const support::TempDirectory directory;
    directory.write("token", "first\n");
    const auto checked =
        check_text("source.oci.host = h\nsource.oci.token = file:token", directory.path());
    EXPECT_EQ(checked.section.text("token"), "first");
    directory.write("token", "second\n");
    EXPECT_EQ(checked.section.text("token"), "second");
    directory.write("token", "");
    EXPECT_EQ(checked.section.text("token"), "first");
    std::filesystem::remove(directory.path() / "token");
    EXPECT_EQ(checked.section.text("token"), "first");
}

TEST(Check, fetches_secrets_and_says_when_it_cannot) {
    const support::TempDirectory directory;
    directory.write("token", "hunter2\n");
    const auto checked =
        check_text("source.oci.host = h\nsource.oci.token = file:token", directory.path());
    EXPECT_EQ(checked.section.text("token"), "hunter2");
    const auto absent = check_text("source.oci.host = h\nsource.oci.token = file:absent");
    EXPECT_THAT(sentences(absent.problems),
                ElementsAre("f:2: source.oci.token: reading the secret's file /base/absent: No "
                            "such file or directory"));
}

TEST(Check, finds_unknown_keys_and_names_the_nearest) {
    const auto document =
        *parse("source.oci.hots = h\nsoruce.oci.host = h\nx.y = 1\nsource.off.z = 1\nno\n", "f");
    const std::vector<std::string> unchecked{"source.off."};
    EXPECT_THAT(sentences(unknown_keys(document, {&table, 1}, unchecked)),
                ElementsAre("f:5: found 'no' without '=', expected key = value",
                            "f:2: soruce.oci.host: no such setting (did you mean source.oci.host?)",
                            "f:1: source.oci.hots: no such setting (did you mean source.oci.host?)",
                            "f:3: x.y: no such setting"));
}

}  // namespace
}  // namespace ajour::settings
