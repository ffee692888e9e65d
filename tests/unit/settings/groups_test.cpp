// SPDX-License-Identifier: Apache-2.0
#include "settings/groups.hpp"

#include <ajour/sdk/settings.hpp>

#include "settings/check.hpp"
#include "settings/overrides.hpp"
#include "settings/reference.hpp"

#include <gmock/gmock.h>

#include <string>

namespace ajour::settings {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Table table{"source.oci.",
                  "",
                  {sdk::text_setting("prefix", "", ""),
                   sdk::required(sdk::text_setting("registry.*.prefix", "", "Where.")),
                   sdk::duration_setting("registry.*.poll", "60s", 1, 600'000, ""),
                   sdk::secret_setting("registry.*.password.text", "")}};

Checked check_text(std::string_view text) {
    return check(*parse(text, "f"), table, "/base");
}

std::string unknown(std::string_view text) {
    return text_of(unknown_keys(*parse(text, "f"), std::span(&table, 1)));
}

TEST(Groups, give_each_name_its_values_and_defaults) {
    const auto checked = check_text(
        "source.oci.registry.lab-2.prefix = b\nsource.oci.registry.acme.prefix = a\n"
        "source.oci.registry.acme.poll = 5s\nsource.oci.registry.acme.password.text = p\n");
    EXPECT_THAT(checked.problems, IsEmpty());
    EXPECT_THAT(checked.section.names("registry"), ElementsAre("acme", "lab-2"));
    EXPECT_EQ(checked.section.text("registry.acme.prefix"), "a");
    EXPECT_EQ(checked.section.text("registry.acme.password.text"), "p");
    EXPECT_EQ(checked.section.duration("registry.acme.poll"), std::chrono::seconds(5));
    EXPECT_EQ(checked.section.duration("registry.lab-2.poll"), std::chrono::seconds(60));
    EXPECT_EQ(checked.section.text("registry.lab-2.password.text"), "");
}

TEST(Groups, may_have_no_name_at_all) {
    const auto checked = check_text("");
    EXPECT_THAT(checked.problems, IsEmpty());
    EXPECT_THAT(checked.section.names("registry"), IsEmpty());
    EXPECT_THROW((void)checked.section.names("other"), std::logic_error);
    EXPECT_THROW((void)checked.section.text("registry.acme.prefix"), std::logic_error);
}

TEST(Groups, require_of_each_name_what_is_required) {
    const auto checked = check_text("source.oci.registry.acme.poll = 5s\n");
    EXPECT_THAT(text_of(checked.problems),
                HasSubstr("source.oci.registry.acme.prefix: found nothing, expected"));
}

TEST(Groups, point_at_the_line_of_a_wrong_value) {
    const auto checked =
        check_text("source.oci.registry.a.prefix = x\nsource.oci.registry.a.poll = soon\n");
    EXPECT_THAT(text_of(checked.problems),
                HasSubstr("f:2: source.oci.registry.a.poll: found 'soon'"));
}

TEST(Groups, know_their_keys_and_suggest_the_nearest) {
    EXPECT_EQ(unknown("source.oci.registry.acme.prefix = x\n"), "");
    EXPECT_THAT(unknown("source.oci.registry.acme.prefix = x\nsource.oci.registry.acme.pol = 1\n"),
                HasSubstr("did you mean source.oci.registry.acme.poll?"));
    EXPECT_THAT(unknown("source.oci.registry.Acme.prefix = x\n"), HasSubstr("no such setting"));
    EXPECT_THAT(unknown("source.oci.registry.a.b.prefix = x\n"), HasSubstr("no such setting"));
    EXPECT_THAT(unknown("source.oci.registry..prefix = x\n"), HasSubstr("no such setting"));
    EXPECT_THAT(unknown("source.oci.registry.prefix = x\n"), HasSubstr("no such setting"));
}

TEST(Groups, refuse_more_names_than_their_bound) {
    std::string text;
    for (std::size_t i = 0; i <= group_names_max; ++i) {
        text += "source.oci.registry.r" + std::to_string(i) + ".prefix = x\n";
    }
    EXPECT_THAT(text_of(check_text(text).problems),
                HasSubstr("source.oci.registry: found 65 names, expected at most 64"));
}

TEST(Groups, take_environment_variables_for_the_names_of_the_file) {
    auto document = *parse("source.oci.registry.lab-2.prefix = x\n", "f");
    apply_environment(document, table, [](const char* name) -> const char* {
        return std::string_view(name) == "AJOUR_SOURCE_OCI_REGISTRY_LAB_2_POLL" ? "7s" : nullptr;
    });
    EXPECT_EQ(check(document, table, "/base").section.duration("registry.lab-2.poll"),
              std::chrono::seconds(7));
}

TEST(Groups, are_declared_by_one_star_between_words) {
    const auto fault = [](const char* key) {
        const ajour_setting_row rows[] = {sdk::text_setting(key, "", ""), sdk::end_of_settings};
        const auto checked = checked_rows(rows);
        return checked ? std::string() : checked.error().text;
    };
    EXPECT_EQ(fault("registry.*.prefix"), "");
    for (const auto* key : {"*.prefix", "registry.*", "registry.*.*.prefix", "a*.b", "*"}) {
        EXPECT_THAT(fault(key), HasSubstr("found a key that is not of")) << key;
    }
}

TEST(Groups, stand_in_the_sample_as_comments_that_show_how) {
    EXPECT_THAT(sample_file(std::span(&table, 1)),
                HasSubstr("\n# source.oci.registry.NAME.poll = 60s\n"));
    EXPECT_THAT(reference_page(std::span(&table, 1)),
                HasSubstr("| `source.oci.registry.*.prefix` | required |"));
}

}  // namespace
}  // namespace ajour::settings
