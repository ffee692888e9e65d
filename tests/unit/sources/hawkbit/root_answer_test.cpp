// SPDX-License-Identifier: Apache-2.0
#include "root_answer.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

constexpr const char* Answer = R"({"config":{"polling":{"sleep":"00:05:00"}},
  "_links":{"deploymentBase":{"href":"http://h:1/DEFAULT/controller/v1/d/deploymentBase/5?c=-21"},
            "installedBase":{"href":"http://h:1/DEFAULT/controller/v1/d/installedBase/4"},
            "configData":{"href":"http://h:1/DEFAULT/controller/v1/d/configData"}}})";

TEST(RootAnswer, says_when_to_come_back_and_what_there_is) {
    const auto root = parse_root(Answer);
    ASSERT_TRUE(root) << root.error().text;
    EXPECT_EQ(root->sleep, std::chrono::seconds(300));
    EXPECT_EQ(root->deployment, (ActionLink{"5", "-21"}));
    EXPECT_EQ(root->installed, (ActionLink{"4", ""}));
    EXPECT_TRUE(root->wants_attributes);
    EXPECT_FALSE(root->cancel);
    EXPECT_FALSE(root->confirmation);
}

TEST(RootAnswer, may_say_nothing) {
    const auto root = parse_root("{}");
    ASSERT_TRUE(root);
    EXPECT_FALSE(root->sleep);
    EXPECT_FALSE(root->deployment);
    EXPECT_FALSE(root->wants_attributes);
}

TEST(RootAnswer, with_an_interval_that_is_none_still_has_its_links) {
    const auto root = parse_root(
        R"({"config":{"polling":{"sleep":"soon"}},"_links":{"cancelAction":{"href":"/x/cancelAction/9"}}})");
    ASSERT_TRUE(root);
    EXPECT_FALSE(root->sleep);
    EXPECT_NE(root->remark, "");
    EXPECT_EQ(root->cancel->id, "9");
}

TEST(RootAnswer, of_the_wrong_types_is_refused) {
    for (
        const auto* text :
        {"", "<html>", "[]", R"({"_links":"x"})", R"({"_links":{"deploymentBase":7}})",
         R"({"_links":{"deploymentBase":{}}})", R"({"_links":{"deploymentBase":{"href":7}}})",
         R"({"_links":{"deploymentBase":{"href":"http://h/elsewhere"}}})",
         R"({"_links":{"deploymentBase":{"href":"http://h/deploymentBase/x"}}})",
         R"({"_links":{"deploymentBase":{"href":"http://h/deploymentBase/123456789012345678901"}}})",
         R"({"_links":{"cancelAction":{"href":"http://h/deploymentBase/5"}}})",
         R"({"_links":{"deploymentBase":{"href":"http://h/deploymentBase/5?c=a%20b"}}})",
         R"({"config":7})", R"({"config":{"polling":[]}})",
         R"({"config":{"polling":{"sleep":300}}})"}) {
        EXPECT_FALSE(parse_root(text)) << text;
    }
    EXPECT_FALSE(parse_root(std::string(100'000, '[')));
}

TEST(RootAnswer, takes_nothing_of_a_link_but_the_id_and_the_state) {
    const auto link = parse_action_link("https://evil.example/a/../b/deploymentBase/7?x=1&c=ab-1#f",
                                        "deploymentBase");
    ASSERT_TRUE(link) << link.error().text;
    EXPECT_EQ(*link, (ActionLink{"7", "ab-1"}));
    EXPECT_EQ(parse_action_link("http://h/confirmationBase", "confirmationBase")->id, "");
}

TEST(RootAnswer, of_a_confirmation_names_the_action) {
    const auto link = parse_confirmation_base(
        R"({"autoConfirm":{"active":false},"_links":{"confirmationBase":{"href":"/c/confirmationBase/10?c=1"}}})");
    ASSERT_TRUE(link);
    EXPECT_EQ((*link)->id, "10");
    EXPECT_FALSE(*parse_confirmation_base("{}"));
}

}  // namespace
}  // namespace ajour::hawkbit
