// SPDX-License-Identifier: Apache-2.0
#include "tenant.hpp"

#include <ajour/sdk/testing/fake_host.hpp>

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr ajour_setting_row NoRows[] = {sdk::end_of_settings};

class OneTenant : public testing::Test {
protected:
    static Options three_a_second() {
        Options options;
        options.requests_per_second = 3;
        return options;
    }
    int polls_begun(Instant at) {
        int begun = 0;
        while (begun < 100 && tenant.begin_poll(at)) ++begun;
        return begun;
    }

    sdk::contract::FakeHost host{NoRows, {}};
    Metrics metrics{host};
    Tenant tenant{Connection(), three_a_second(), metrics};
    const Instant start = Instant{} + std::chrono::hours(1);
};

TEST_F(OneTenant, lets_as_many_polls_begin_at_once_as_a_second_has_requests) {
    EXPECT_TRUE(tenant.may_read(start));
    EXPECT_EQ(polls_begun(start), 3);
    EXPECT_FALSE(tenant.may_read(start));
}

TEST_F(OneTenant, lets_polls_begin_at_its_rate) {
    (void)polls_begun(start);
    EXPECT_EQ(polls_begun(start + milliseconds(350)), 1);
    EXPECT_EQ(polls_begun(start + seconds(60)), 3) << "nothing is saved up beyond a second";
}

}  // namespace
}  // namespace ajour::hawkbit
