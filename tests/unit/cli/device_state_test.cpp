// SPDX-License-Identifier: Apache-2.0
#include "cli/device_state.hpp"

#include <gtest/gtest.h>

using ajour::Json;
using ajour::cli::state_of;

namespace {

Json device(const char* conditions) {
    return {
        {"status",
         {{"firmware",
           {{"current", "1.0.0"}, {"target", "1.0.1"}, {"conditions", Json::parse(conditions)}}}}}};
}

constexpr const char* half_way =
    R"([{"type":"InSync","status":"False"},
        {"type":"UpdateProgress","status":"Unknown",
         "message":"50.00 %, 64 blocks left until 2023-11-15T14:13:20Z, a block in 15 min"}])";

TEST(DeviceState, of_a_device_that_never_reported) {
    EXPECT_EQ(state_of(Json::object()).state, "never seen");
    EXPECT_EQ(state_of(Json::object()).current, "-");
}

TEST(DeviceState, in_sync) {
    const auto state = state_of(device(R"([{"type":"InSync","status":"True"}])"));
    EXPECT_EQ(state.state, "in sync");
    EXPECT_EQ(state.current, "1.0.0");
    EXPECT_EQ(state.target, "1.0.1");
    EXPECT_EQ(state.progress, "");
}

TEST(DeviceState, updating) {
    const auto state = state_of(device(
        R"([{"type":"InSync","status":"False"},{"type":"UpdateProgress","status":"Unknown","message":"50.00"}])"));
    EXPECT_EQ(state.state, "updating");
    EXPECT_EQ(state.progress, "50.00 %");
    EXPECT_EQ(state.note, "");
}

TEST(DeviceState, of_a_slow_update_says_what_is_left) {
    const auto state = state_of(device(half_way));
    EXPECT_EQ(state.progress, "50.00 %");
    EXPECT_EQ(state.note, "64 blocks left until 2023-11-15T14:13:20Z, a block in 15 min");
}

TEST(DeviceState, of_an_update_that_goes_on_is_what_the_server_knows_now) {
    const Json update = {{"offset", 600},
                         {"size", 1000},
                         {"blocksLeft", 10},
                         {"end", "tomorrow"},
                         {"note", "a block in 15 min"}};
    const auto state = state_of(device(half_way), &update);
    EXPECT_EQ(state.state, "updating");
    EXPECT_EQ(state.progress, "60.00 %");
    EXPECT_EQ(state.left, "10 blocks");
    EXPECT_EQ(state.end, "tomorrow");
    EXPECT_EQ(state.note, "a block in 15 min") << "and not what the registry was told before";
    EXPECT_EQ(state_of(Json::object(), &update).state, "updating");
}

TEST(DeviceState, waiting_for_air_time) {
    const Json update = {{"offset", 600}, {"size", 1000}, {"blocksLeft", 1}, {"waitsUntil", "ten"}};
    EXPECT_EQ(state_of(device(half_way), &update).state, "waits for air time");
    EXPECT_EQ(state_of(device(half_way), &update).left, "1 block");
    const auto stuck = device(R"([{"type":"InSync","status":"False","reason":"NoAirTime"}])");
    EXPECT_EQ(state_of(stuck, &update).state, "NoAirTime");
}

TEST(DeviceState, waiting_for_a_reason) {
    const auto state = state_of(
        device(R"([{"type":"InSync","status":"False","reason":"SourceFailed","message":"no file"},
                            {"type":"Warning","status":"True","message":"too long"}])"));
    EXPECT_EQ(state.state, "SourceFailed");
    EXPECT_EQ(state.note, "no file; too long");
}

TEST(DeviceState, of_conditions_that_are_none) {
    for (const auto* conditions : {"[]", "7", R"([1,null,{"type":7}])", R"({"type":"InSync"})"}) {
        EXPECT_EQ(state_of(device(conditions)).state, "not in sync") << conditions;
    }
}

}  // namespace
