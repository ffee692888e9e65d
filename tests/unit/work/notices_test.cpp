// SPDX-License-Identifier: Apache-2.0
#include "work/notices.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

namespace ajour::work {

namespace {

TEST(Harmless, writes_what_is_no_printable_ascii_in_hex) {
    EXPECT_EQ(harmless("lamp-1 (the 2nd)", 80), "lamp-1 (the 2nd)");
    EXPECT_EQ(harmless("a\nb\x1b[31m\x7f", 80), "a%0Ab%1B[31m%7F");
    EXPECT_EQ(harmless("gr\xc3\xb6\xc3\x9f"
                       "e",
                       80),
              "gr%C3%B6%C3%9Fe");
    EXPECT_EQ(harmless(std::string(1, '\0'), 80), "%00");
}

TEST(Harmless, cuts_what_is_long) {
    EXPECT_EQ(harmless("123456", 6), "123456");
    EXPECT_EQ(harmless("1234567", 6), "123456...");
    EXPECT_EQ(harmless("12345\n", 6), "12345...") << "no escape is cut in two";
}

struct NoticesTest : testing::Test {
    struct StillClock final : Clock {
        Instant now() const noexcept override { return Instant() + std::chrono::hours(1); }
    };
    StillClock clock;
    sdk::Metric left_out;
    std::vector<std::string> lines;
    Notices notices{[this](sdk::LogLevel, std::string_view part, std::string_view text) {
                        if (text == "thrown") throw std::runtime_error("the disk is full");
                        lines.push_back(std::string(part) + ": " + std::string(text));
                    },
                    clock, left_out};
};

TEST_F(NoticesTest, are_told_once_for_all_that_are_alike) {
    for (const auto* text : {"one", "two", "three"}) {
        notices.tell({sdk::LogLevel::Warning, "exchange", "same", text});
    }
    EXPECT_EQ(lines, std::vector<std::string>{"exchange: one"});
    EXPECT_EQ(left_out.value(), 2);
}

TEST_F(NoticesTest, that_cannot_be_written_are_counted) {
    notices.tell({sdk::LogLevel::Warning, "exchange", "thrown", "thrown"});
    EXPECT_EQ(left_out.value(), 1);
}

}  // namespace

}  // namespace ajour::work
