// SPDX-License-Identifier: Apache-2.0
#include "store/timestamp.hpp"

#include <gtest/gtest.h>

namespace ajour::store {
namespace {

using namespace std::chrono_literals;

TEST(Timestamp, has_nine_digits_of_fraction_and_is_utc) {
    const std::chrono::sys_days day = std::chrono::year(2023) / 1 / 27;
    EXPECT_EQ(timestamp(day + 10h + 11min + 12s + 123456789ns), "2023-01-27T10:11:12.123456789Z");
    EXPECT_EQ(timestamp(day), "2023-01-27T00:00:00.000000000Z");
    EXPECT_EQ(timestamp(std::chrono::sys_days() - 1ns), "1969-12-31T23:59:59.999999999Z");
}

TEST(Timestamp, is_recognised_in_all_forms_of_rfc_3339) {
    for (const auto* text :
         {"2023-01-27T10:11:12Z", "2023-01-27T10:11:12.1Z", "2023-01-27t10:11:12z",
          "2023-01-27T10:11:12.123456789+01:00", "2023-01-27 10:11:12-00:30"}) {
        EXPECT_TRUE(is_timestamp(text)) << text;
    }
    for (const auto* text :
         {"", "now", "2023-01-27", "2023-01-27T10:11:12", "2023-01-27T10:11:12.Z",
          "2023-01-27T10:11:12Zx", "2023-01-27T10:11:12+0100"}) {
        EXPECT_FALSE(is_timestamp(text)) << text;
    }
}

}  // namespace
}  // namespace ajour::store
