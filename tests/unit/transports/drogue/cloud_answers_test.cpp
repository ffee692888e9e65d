// SPDX-License-Identifier: Apache-2.0
#include "cloud_answers.hpp"

#include "post_outcome.hpp"

#include <gtest/gtest.h>

namespace ajour::drogue {
namespace {

TEST(Applications, are_read_from_the_registrys_list) {
    const auto names = read_applications(
        R"([{"metadata":{"name":"a","uid":"1"},"spec":{}},{"metadata":{"name":"b"}}])");
    ASSERT_TRUE(names.ok());
    EXPECT_EQ(*names, (std::vector<std::string>{"a", "b"}));
    EXPECT_TRUE(read_applications("[]").ok());
}

TEST(Applications, are_read_from_nothing_else) {
    for (const auto* text : {"", "{}", "null", "[1]", "[{}]", R"([{"metadata":{}}])",
                             R"([{"metadata":{"name":7}}])", R"([{"metadata":[]}])", "[{"}) {
        EXPECT_FALSE(read_applications(text).ok()) << text;
    }
}

TEST(PostOutcome, is_known_by_the_status) {
    EXPECT_EQ(outcome_of(200), PostOutcome::Accepted);
    EXPECT_EQ(outcome_of(202), PostOutcome::Accepted);
    EXPECT_EQ(outcome_of(406), PostOutcome::Rejected);
    EXPECT_EQ(outcome_of(403), PostOutcome::Denied);
    EXPECT_EQ(outcome_of(404), PostOutcome::Denied);
    EXPECT_EQ(outcome_of(503), PostOutcome::Busy);
    EXPECT_EQ(outcome_of(500), PostOutcome::Failed);
    EXPECT_EQ(outcome_of(204), PostOutcome::Failed);
}

}  // namespace
}  // namespace ajour::drogue
