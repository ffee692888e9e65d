// SPDX-License-Identifier: Apache-2.0
#include "suspects.hpp"

#include <gtest/gtest.h>

namespace ajour::drogue {
namespace {

using std::chrono::minutes;

const Suspects::Moment now{};
const std::string topic = "command/app/dev/dfu";

TEST(Suspects, must_wait_once_three_connections_ended_on_them) {
    Suspects suspects(minutes(10));
    for (int i = 0; i < 2; ++i) suspects.accuse({topic}, now);
    EXPECT_FALSE(suspects.must_wait(topic, now));
    suspects.accuse({topic}, now);
    EXPECT_TRUE(suspects.must_wait(topic, now));
    EXPECT_FALSE(suspects.must_wait("command/app/other/dfu", now));
}

TEST(Suspects, are_tried_again_after_a_while) {
    Suspects suspects(minutes(10));
    for (int i = 0; i < 3; ++i) suspects.accuse({topic}, now);
    EXPECT_FALSE(suspects.must_wait(topic, now + minutes(10)));
    suspects.accuse({topic}, now + minutes(10));
    EXPECT_FALSE(suspects.must_wait(topic, now + minutes(10)));
}

TEST(Suspects, are_cleared_when_a_command_is_taken) {
    Suspects suspects(minutes(10));
    for (int i = 0; i < 2; ++i) suspects.accuse({topic}, now);
    suspects.acquit(topic);
    suspects.accuse({topic}, now);
    EXPECT_FALSE(suspects.must_wait(topic, now));
}

TEST(Suspects, are_bounded) {
    Suspects suspects(minutes(10));
    for (int i = 0; i < 3; ++i) {
        for (int device = 0; device < 1200; ++device) {
            suspects.accuse({std::to_string(device)}, now);
        }
    }
    EXPECT_TRUE(suspects.must_wait("999", now));
    EXPECT_FALSE(suspects.must_wait("1199", now));
}

}  // namespace
}  // namespace ajour::drogue
