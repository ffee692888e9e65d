// SPDX-License-Identifier: Apache-2.0
// What a start would find, found without one; and what a running host takes over of it.
#include "bad_plugins/loading.hpp"

namespace ajour::plugin_host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A host that only rehearses, with what it said.
struct Rehearsal {
    Rehearsal(const std::filesystem::path& directory, std::string_view properties)
        : host({directory, "/proc/no/state", "/base",
                [this](sdk::LogLevel, std::string_view, std::string_view text) {
                    lines.emplace_back(text);
                }},
               metrics) {
        auto document = *settings::parse(properties, "f");
        for (const auto& problem : host.rehearse(document)) problems.push_back(problem.sentence());
    }
    std::vector<std::string> lines;
    std::vector<std::string> problems;
    metrics::Metrics metrics;
    PluginHost host;
};

TEST(Rehearsal, finds_what_create_refuses_beside_what_the_tables_do) {
    const Rehearsal rehearsal(folder("create_throws"),
                              "ajour.stat = x\nsource.one.enabled = true\n");
    EXPECT_THAT(rehearsal.problems, ElementsAre(HasSubstr("f:1: ajour.stat: no such setting"),
                                                HasSubstr(": create threw a tantrum")));
}

TEST(Rehearsal, touches_no_state_of_the_host) {
    const Rehearsal rehearsal(folder("right"), "source.right.greeting = moon\n");
    EXPECT_THAT(rehearsal.problems, IsEmpty());
    EXPECT_THAT(rehearsal.lines, ElementsAre("hello moon"));
}

TEST(Rehearsal, finds_a_registry_that_is_not_there) {
    const Rehearsal wrong(folder("right"), "ajour.registry = embeded\n");
    EXPECT_THAT(
        wrong.problems,
        ElementsAre("f:1: ajour.registry: found 'embeded', expected embedded or the name of "
                    "a registry plugin that is loaded (did you mean embedded?)"));
    EXPECT_THAT(Rehearsal(folder("right"), "ajour.registry = embedded\n").problems, IsEmpty());
}

TEST(Health, names_who_was_refused_and_why) {
    Loading loading(folder("create_throws"));
    const auto health = loading.host().health();
    ASSERT_EQ(health.size(), 1U);
    EXPECT_EQ(health[0].plugin, "source.one");
    EXPECT_THAT(health[0].trouble, HasSubstr("create threw a tantrum"));
    Loading off(folder("create_throws"), "source.one.enabled = false\n");
    EXPECT_THAT(off.host().health(), IsEmpty());
}

TEST(TakeOver, names_what_differs_from_what_runs_until_it_is_put_back) {
    Loading running(folder("right"), "source.right.greeting = moon\n");
    const auto changes_of = [&](std::string_view properties) {
        std::vector<std::string> texts;
        const Rehearsal wanted(folder("right"), properties);
        for (const auto& change : running.host().take_over(wanted.host)) {
            texts.push_back(change.key + (change.taken ? " taken" : ""));
        }
        return texts;
    };
    EXPECT_THAT(changes_of("source.right.greeting = moon\nsource.right.count = 1\n"), IsEmpty());
    for (int i = 0; i < 2; ++i) {
        EXPECT_THAT(changes_of("source.right.greeting = sun\nsource.right.count = 2\n"),
                    ElementsAre("source.right.count", "source.right.greeting"));
    }
    EXPECT_THAT(changes_of("source.right.greeting = moon\n"), IsEmpty());
}

}  // namespace
}  // namespace ajour::plugin_host
