// SPDX-License-Identifier: Apache-2.0
#include "active.hpp"

#include <ajour/sdk/testing/fake_host.hpp>

#include <gtest/gtest.h>

namespace ajour::drogue_registry {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

struct ActiveApplications : testing::Test {
    sdk::contract::FakeHost host;
    Metrics metrics{host};
    Active active{{"always"}, 2, 10s, metrics};
    const Active::Instant now{1h};
};

TEST_F(ActiveApplications, are_those_of_the_settings_and_those_heard_of) {
    EXPECT_EQ(active.names(now), Names{"always"});
    active.note("heard", now);
    EXPECT_EQ(active.names(now), (Names{"always", "heard"}));
    EXPECT_EQ(metrics.applications.value(), 2);
}

TEST_F(ActiveApplications, are_bounded) {
    active.note("heard", now);
    active.note("one too many", now);
    EXPECT_EQ(active.names(now), (Names{"always", "heard"}));
}

TEST_F(ActiveApplications, are_forgotten_when_nobody_is_heard) {
    active.note("heard", now);
    EXPECT_EQ(active.names(now + 10s).size(), 2U);
    EXPECT_EQ(active.names(now + 11s), Names{"always"});
}

}  // namespace
}  // namespace ajour::drogue_registry
