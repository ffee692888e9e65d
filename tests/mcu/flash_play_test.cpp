// SPDX-License-Identifier: Apache-2.0
// The fuzzer's scripts do what they are for: they reach activations, and the play notices a bad
// one.
#include "mcu/flash_play.hpp"

#include <gtest/gtest.h>

namespace ajour::test {

namespace {

sdk::Bytes script(std::initializer_list<std::uint8_t> bytes) {
    return bytes;
}

TEST(FlashPlay, activates_what_was_written_whole) {
    const auto bytes = script({0x0d, 1, 1, 0, 128, 1, 1, 0, 128, 2, 1});
    FlashPlay play(bytes);
    EXPECT_EQ(play.run(), "");
    EXPECT_EQ(play.activations(), 1U);
}

TEST(FlashPlay, goes_on_after_power_cuts_and_faults) {
    const auto bytes = script({0x05, 1, 1, 0,  64, 5, 0, 1,  1, 1, 0, 64, 6, 0,
                               1,    1, 0, 64, 1,  1, 0, 64, 1, 1, 0, 64, 2, 1});
    FlashPlay play(bytes);
    EXPECT_EQ(play.run(), "");
    EXPECT_EQ(play.activations(), 1U);
}

TEST(FlashPlay, of_nothing_does_nothing) {
    FlashPlay play({});
    EXPECT_EQ(play.run(), "");
    EXPECT_EQ(play.activations(), 0U);
}

}  // namespace

}  // namespace ajour::test
