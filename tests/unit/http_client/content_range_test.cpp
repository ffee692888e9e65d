// SPDX-License-Identifier: Apache-2.0
#include "http_client/content_range.hpp"

#include <gtest/gtest.h>

namespace ajour::http_client {
namespace {

TEST(ContentRange, has_first_last_and_total) {
    const auto range = parse_content_range("bytes 100-199/200");
    ASSERT_TRUE(range.has_value());
    EXPECT_EQ(range->first, 100U);
    EXPECT_EQ(range->last, 199U);
    EXPECT_EQ(range->total, 200U);
    EXPECT_EQ(range->size(), 100U);
}

TEST(ContentRange, may_not_know_the_total) {
    const auto range = parse_content_range(" Bytes 0-0/* ");
    ASSERT_TRUE(range.has_value());
    EXPECT_FALSE(range->total.has_value());
}

TEST(ContentRange, is_the_rest_when_it_begins_there_and_ends_at_the_end) {
    EXPECT_TRUE(parse_content_range("bytes 100-199/200")->is_rest_from(100));
    EXPECT_TRUE(parse_content_range("bytes 100-199/*")->is_rest_from(100));
    EXPECT_FALSE(parse_content_range("bytes 100-199/200")->is_rest_from(99));
    EXPECT_FALSE(parse_content_range("bytes 100-198/200")->is_rest_from(100));
}

TEST(ContentRange, is_nothing_when_it_makes_no_sense) {
    for (const auto* bad : {"",
                            "bytes",
                            "bytes ",
                            "bytes */200",
                            "bytes 1-/2",
                            "bytes -1/2",
                            "bytes 5-4/10",
                            "bytes 0-10/10",
                            "bytes 0-1/0",
                            "bytes 0-1",
                            "bytes 0-1/",
                            "bytes 0-1/2x",
                            "bytes a-b/c",
                            "bytes +0-1/2",
                            "bytes 0 -1/2",
                            "items 0-1/2",
                            "bytes=0-1/2",
                            "bytes 0x0-0x1/2",
                            "bytes 0-18446744073709551615/*",
                            "bytes 0-18446744073709551616/*",
                            "bytes 18446744073709551616-18446744073709551617/*",
                            "bytes 0-1/2, 3-4/5"}) {
        EXPECT_FALSE(parse_content_range(bad).has_value()) << bad;
    }
}

}  // namespace
}  // namespace ajour::http_client
