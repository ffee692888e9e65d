// SPDX-License-Identifier: Apache-2.0
#include "tips.hpp"

#include <ajour/sdk/testing/fake_host.hpp>

#include <gtest/gtest.h>

namespace ajour::drogue_registry {
namespace {

using sdk::DeviceId;

struct TipsOfChanges : testing::Test {
    sdk::contract::FakeHost host;
    Metrics metrics{host};
    Tips tips{2, metrics};
};

TEST_F(TipsOfChanges, are_taken_once_each) {
    EXPECT_TRUE(tips.put(DeviceId("a", "d")));
    EXPECT_TRUE(tips.put(DeviceId("a", "d")));
    EXPECT_EQ(metrics.events_waiting.value(), 1);
    EXPECT_EQ(tips.take()->text(), "a/d");
    EXPECT_FALSE(tips.take());
    EXPECT_TRUE(tips.is_empty());
}

TEST_F(TipsOfChanges, are_bounded) {
    EXPECT_TRUE(tips.put(DeviceId("a", "")));
    EXPECT_TRUE(tips.put(DeviceId("b", "")));
    EXPECT_FALSE(tips.put(DeviceId("c", "")));
    EXPECT_TRUE(tips.put(DeviceId("b", "")));
    EXPECT_EQ(metrics.events_dropped.value(), 1);
    EXPECT_EQ(metrics.events_waiting.value(), 2);
}

}  // namespace
}  // namespace ajour::drogue_registry
