// SPDX-License-Identifier: Apache-2.0
#include "settings/value.hpp"

#include <ajour/sdk/settings.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ajour::settings {
namespace {

constexpr auto port = sdk::integer_setting("port", "1", 1, 65535, "");
constexpr auto offset = sdk::integer_setting("offset", "0", 0, 0, "");
constexpr auto size = sdk::size_setting("size", "1", 1024, 1 << 20, "");
constexpr auto any_size = sdk::size_setting("size", "1", 0, 0, "");
constexpr auto wait = sdk::duration_setting("wait", "1s", 1, 3'600'000, "");
constexpr auto level = sdk::choice_setting("level", "a", "low|high", "");
constexpr auto flag = sdk::boolean_setting("flag", "true", "");
constexpr auto list = sdk::list_setting("list", "", "");
constexpr auto secret = sdk::secret_setting("secret", "");

std::string read(const ajour_setting_row& row, std::string_view text) {
    const auto value = parse_value(row, text);
    if (!value) return value.error().text;
    return value->text.empty() ? std::to_string(value->number) : value->text;
}

TEST(Value, reads_each_kind) {
    EXPECT_EQ(read(port, "8080"), "8080");
    EXPECT_EQ(read(offset, "-5"), "-5");
    EXPECT_EQ(read(size, "4096"), "4096");
    EXPECT_EQ(read(size, "64KiB"), "65536");
    EXPECT_EQ(read(any_size, "3GiB"), "3221225472");
    EXPECT_EQ(read(wait, "250ms"), "250");
    EXPECT_EQ(read(wait, "2m"), "120000");
    EXPECT_EQ(read(wait, "1h"), "3600000");
    EXPECT_EQ(read(level, "high"), "high");
    EXPECT_EQ(read(flag, "true"), "1");
    EXPECT_EQ(read(flag, "false"), "0");
    EXPECT_EQ(parse_value(list, " a, b c ,,d ")->list, (std::vector<std::string>{"a", "b c", "d"}));
}

TEST(Value, says_what_was_found_and_what_was_expected) {
    EXPECT_EQ(read(port, "eighty"), "found 'eighty', expected an integer from 1 to 65535");
    EXPECT_EQ(read(port, "0"), "found '0', expected an integer from 1 to 65535");
    EXPECT_EQ(read(port, ""), "found nothing, expected an integer from 1 to 65535");
    EXPECT_EQ(read(offset, "1x"), "found '1x', expected an integer");
    EXPECT_EQ(read(size, "1kb"),
              "found '1kb', expected a size from 1KiB to 1MiB, bytes or a number and KiB, MiB or "
              "GiB");
    EXPECT_EQ(read(wait, "30"),
              "found '30', expected a duration from 1ms to 1h, a number and ms, s, m, h or d");
    EXPECT_EQ(read(level, "Low"), "found 'Low', expected low or high");
    EXPECT_EQ(read(flag, "yes"), "found 'yes', expected true or false");
}

TEST(Value, refuses_numbers_that_do_not_fit) {
    for (const auto* text : {"9223372036854775808", "9999999999999999999999",
                             "-9223372036854775809", "+1", " 1", "0x10", "1.5", "--1"}) {
        EXPECT_FALSE(parse_value(offset, text)) << text;
    }
    for (const auto* text : {"9007199254740992KiB", "8589934592GiB", "-1", "1 KiB", "KiB"}) {
        EXPECT_FALSE(parse_value(any_size, text)) << text;
    }
    EXPECT_FALSE(parse_value(sdk::duration_setting("d", "", 0, 0, ""), "106751991168d"));
}

TEST(Value, cuts_and_cleans_what_it_shows) {
    const auto shown = read(flag, std::string(500, 'x') + "\n");
    EXPECT_LT(shown.size(), 140U);
    EXPECT_EQ(read(flag, "a\n\x1b[0m"), "found 'a??[0m', expected true or false");
}

TEST(Value, never_shows_a_secret) {
    auto row = port;
    row.secret = 1;
    EXPECT_EQ(read(row, "hunter2").find("hunter2"), std::string::npos);
    EXPECT_EQ(read(secret, "hunter2"), "hunter2");
    EXPECT_EQ(expected(secret), "a secret, file:PATH or env:NAME");
}

}  // namespace
}  // namespace ajour::settings
