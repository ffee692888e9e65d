// SPDX-License-Identifier: Apache-2.0
#include "http_client/message.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

namespace ajour::http_client {
namespace {

constexpr std::int64_t date = 784'111'777;  // Sun, 06 Nov 1994 08:49:37 GMT
constexpr std::uint32_t day = 86'400;

std::uint32_t seconds(const std::string& value, std::int64_t now = date) {
    Response response;
    response.headers = {{"x", "y"}, {"retry-after", value}};
    return retry_after(response, now);
}

TEST(RetryAfter, is_0_without_the_header) {
    EXPECT_EQ(retry_after({}, date), 0U);
}

TEST(RetryAfter, may_be_a_number_of_seconds) {
    EXPECT_EQ(seconds("0"), 0U);
    EXPECT_EQ(seconds(" 120 "), 120U);
    EXPECT_EQ(seconds("00120"), 120U);
}

TEST(RetryAfter, may_be_a_date_in_each_form_of_http) {
    EXPECT_EQ(seconds("Sun, 06 Nov 1994 08:49:37 GMT", date - 60), 60U);
    EXPECT_EQ(seconds("Sunday, 06-Nov-94 08:49:37 GMT", date - 60), 60U);
    EXPECT_EQ(seconds("Sun Nov  6 08:49:37 1994", date - 60), 60U);
    EXPECT_EQ(seconds("Thu, 29 Feb 2024 00:00:00 GMT", 1'709'164'800 - 1), 1U);
    EXPECT_EQ(seconds("Wednesday, 01-Jan-70 00:00:10 GMT", 0), 10U);
}

TEST(RetryAfter, in_the_past_is_now) {
    EXPECT_EQ(seconds("Sun, 06 Nov 1994 08:49:37 GMT", date + 60), 0U);
}

TEST(RetryAfter, is_at_most_a_day) {
    EXPECT_EQ(seconds("86401"), day);
    EXPECT_EQ(seconds("99999999999999999999999999"), day);
    EXPECT_EQ(seconds("Fri, 31 Dec 9999 23:59:59 GMT"), day);
    EXPECT_EQ(seconds("Sun, 06 Nov 1994 08:49:37 GMT", std::numeric_limits<std::int64_t>::min()),
              day);
}

TEST(RetryAfter, that_is_neither_is_none) {
    for (const auto* bad :
         {"", "-1", "+5", "1.5", "1e3", "0x10", "soon", "5 minutes", "Sun, 06 Nov 1994 08:49:37",
          "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
          "Sun, 06 Nov 1994 08:60:00 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
          "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nov 19945 08:49:37 GMT",
          "Sun, 00 Nov 1994 08:49:37 GMT", ", , , , , , , ", "Sun, 06 Nov 1994 08:49:37 GMT GMT",
          "Sun, 06 ovD 1994 08:49:37 GMT"}) {
        EXPECT_EQ(seconds(bad, 0), 0U) << bad;
    }
    EXPECT_EQ(seconds(std::string(100'000, ' ') + "x", 0), 0U);
}

}  // namespace
}  // namespace ajour::http_client
