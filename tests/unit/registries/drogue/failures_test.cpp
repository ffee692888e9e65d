// SPDX-License-Identifier: Apache-2.0
#include "failures.hpp"

#include <gtest/gtest.h>

namespace ajour::drogue_registry {
namespace {

using http_client::Response;
using sdk::ErrorKind;

Response answer(int status, std::string body = {}) {
    return {status, {}, std::move(body), "https://api/x"};
}

TEST(Failure, of_no_access_is_not_found_or_refused_and_of_anything_else_unavailable) {
    EXPECT_EQ(failure_of(answer(404)).kind, ErrorKind::NotFound);
    EXPECT_EQ(failure_of(answer(403)).kind, ErrorKind::Refused);
    for (const int status : {200, 204, 302, 400, 418, 429, 500, 503}) {
        EXPECT_EQ(failure_of(answer(status)).kind, ErrorKind::Unavailable) << status;
    }
}

TEST(Failure, says_what_the_cloud_said_cut_and_printable) {
    EXPECT_EQ(failure_of(answer(409, R"({"error":"Conflict","message":"Con\nflict"})")).text,
              "https://api/x answered 409 (Conflict: Con?flict)");
    const auto longer = failure_of(answer(500, R"({"error":")" + std::string(500, 'e') + R"("})"));
    EXPECT_LT(longer.text.size(), 150U);
    EXPECT_EQ(failure_of(answer(500, "<html>")).text, "https://api/x answered 500");
}

TEST(Trouble, is_what_passes) {
    for (const int status : {429, 500, 502, 503}) EXPECT_TRUE(is_trouble(answer(status)));
    for (const int status : {200, 400, 403, 404, 409}) EXPECT_FALSE(is_trouble(answer(status)));
}

}  // namespace
}  // namespace ajour::drogue_registry
