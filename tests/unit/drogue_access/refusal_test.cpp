// SPDX-License-Identifier: Apache-2.0
#include "drogue_access/refusal.hpp"

#include <gtest/gtest.h>

namespace ajour::drogue_access {
namespace {

bool is_refused(int status, const char* body) {
    return is_refused_credential({status, {}, body, "https://api.example/x"});
}

TEST(Refusal, is_of_the_credential_when_no_object_is_named) {
    EXPECT_TRUE(is_refused(401, ""));
    EXPECT_TRUE(is_refused(403, R"({"error":"Forbidden","message":"Forbidden"})"));
    EXPECT_FALSE(is_refused(403, R"({"error":"NotAuthorized","message":"not yours"})"));
    EXPECT_FALSE(is_refused(403, ""));
    EXPECT_FALSE(is_refused(403, R"({"error":["Forbidden"]})"));
    EXPECT_FALSE(is_refused(403, "[]"));
    EXPECT_FALSE(is_refused(404, R"({"error":"Forbidden"})"));
}

}  // namespace
}  // namespace ajour::drogue_access
