// SPDX-License-Identifier: Apache-2.0
#include "reaction.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

constexpr const char* Quota =
    R"({"exceptionClass":"x","errorCode":"hawkbit.server.error.quota.tooManyEntries","message":"too many"})";

TEST(ReactionTo, tells_the_statuses_apart) {
    EXPECT_EQ(reaction_to(200, ""), Reaction::Done);
    EXPECT_EQ(reaction_to(204, ""), Reaction::Done);
    EXPECT_EQ(reaction_to(401, ""), Reaction::Refused);
    EXPECT_EQ(reaction_to(403, ""), Reaction::Refused);
    EXPECT_EQ(reaction_to(429, ""), Reaction::Throttled);
    EXPECT_EQ(reaction_to(404, ""), Reaction::Over);
    EXPECT_EQ(reaction_to(410, ""), Reaction::Over);
    EXPECT_EQ(reaction_to(409, ""), Reaction::Again);
    EXPECT_EQ(reaction_to(500, ""), Reaction::Again);
    EXPECT_EQ(reaction_to(503, ""), Reaction::Again);
    EXPECT_EQ(reaction_to(400, ""), Reaction::Wrong);
    EXPECT_EQ(reaction_to(405, ""), Reaction::Wrong);
    EXPECT_EQ(reaction_to(304, ""), Reaction::Wrong);
}

TEST(ReactionTo, knows_a_quota_from_a_limit_of_requests) {
    EXPECT_EQ(reaction_to(403, Quota), Reaction::Quota);
    EXPECT_EQ(reaction_to(429, Quota), Reaction::Quota);
    EXPECT_EQ(reaction_to(429, R"({"errorCode":7})"), Reaction::Throttled);
    EXPECT_EQ(reaction_to(429, "<html>"), Reaction::Throttled);
}

TEST(ExplanationOf, is_short_and_printable) {
    EXPECT_EQ(explanation_of(429, Quota),
              "HTTP 429 hawkbit.server.error.quota.tooManyEntries \"too many\"");
    EXPECT_EQ(explanation_of(500, "<html>"), "HTTP 500");
    const auto text =
        explanation_of(400, R"({"message":"a\u0000\n)" + std::string(5000, 'x') + "\"}");
    EXPECT_LT(text.size(), 200U);
    EXPECT_EQ(text.find('\n'), std::string::npos);
}

}  // namespace
}  // namespace ajour::hawkbit
