// SPDX-License-Identifier: Apache-2.0
// What the properties file says about plugins, right and wrong.
#include "bad_plugins/loading.hpp"

namespace ajour::plugin_host {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(PluginSettings, reach_the_plugin) {
    Loading loading(folder("right"), "source.right.greeting = moon\n");
    EXPECT_THAT(loading.lines(), ElementsAre("source.right: hello moon"));
    EXPECT_THAT(loading.metrics().text(), HasSubstr("\najour_source_right_greetings_total 1\n"));
}

TEST(PluginSettings, that_are_wrong_end_the_start_with_all_problems) {
    Loading loading(folder("right"),
                    "source.right.count = 10\nsource.right.greting = x\najour.stat = /x\n");
    EXPECT_THAT(loading.problems(),
                ElementsAre("f:1: source.right.count: found '10', expected an integer from 1 to 9",
                            "f:3: ajour.stat: no such setting (did you mean ajour.state?)",
                            "f:2: source.right.greting: no such setting (did you mean "
                            "source.right.greeting?)"));
    EXPECT_THAT(loading.host().sources(), IsEmpty());
    EXPECT_THAT(loading.lines(), IsEmpty());
}

TEST(PluginSettings, switch_a_plugin_off_without_opening_it) {
    Loading loading(folder("wrong_magic"), "source.one.enabled = false\nsource.one.any = thing\n");
    EXPECT_THAT(loading.problems(), IsEmpty());
    EXPECT_THAT(loading.refusals(), IsEmpty());
    EXPECT_EQ(loading.host().candidates().size(), 1U);
    EXPECT_THAT(loading.host().sources(), IsEmpty());
}

TEST(PluginSettings, make_the_refusal_of_their_plugin_a_problem_and_nothing_else_of_theirs) {
    Loading loading(folder("wrong_magic"), "# it is\nsource.one.any = thing\n");
    EXPECT_THAT(loading.problems(), ElementsAre(HasSubstr("f:2: source.one.any: plugin ")));
    Loading none(folder("wrong_magic"));
    EXPECT_THAT(none.problems(), IsEmpty());
    EXPECT_EQ(none.refusals().size(), 1U);
}

TEST(PluginSettings, that_switch_a_plugin_on_make_its_refusal_a_problem) {
    Loading magic(folder("wrong_magic"), "source.one.enabled = true\n");
    EXPECT_THAT(magic.problems(), ElementsAre(HasSubstr("source.one.enabled: plugin ")));
    Loading created(folder("create_throws"), "source.one.enabled = true\n");
    EXPECT_THAT(created.problems(), ElementsAre(HasSubstr(": create threw a tantrum")));
}

TEST(PluginSettings, that_switch_a_plugin_which_is_not_there_are_a_problem) {
    Loading loading(folder("right"), "source.rigth.enabled = false\n");
    EXPECT_THAT(loading.problems(),
                ElementsAre("f:1: source.rigth.enabled: no such plugin in " +
                            folder("right").string() + " (did you mean source.right?)"));
}

TEST(PluginSettings, that_are_no_switch_at_all_are_a_problem) {
    Loading loading(folder("right"), "source.right.enabled = perhaps\n");
    EXPECT_THAT(loading.problems(),
                Contains("f:1: source.right.enabled: found 'perhaps', expected true or false"));
}

}  // namespace
}  // namespace ajour::plugin_host
