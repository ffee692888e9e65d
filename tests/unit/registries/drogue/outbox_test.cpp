// SPDX-License-Identifier: Apache-2.0
#include "outbox.hpp"

#include <ajour/sdk/testing/fake_host.hpp>

#include <gtest/gtest.h>

namespace ajour::drogue_registry {
namespace {

using namespace std::chrono_literals;
using sdk::Condition;
using sdk::DeviceId;
using sdk::Report;
using Clock = std::chrono::steady_clock;

Report progress(const std::string& percent, const std::string& device = "dev") {
    return {{"app", device},
            "1",
            "2",
            {{"InSync", Condition::Status::False, "", "", {}},
             {"UpdateProgress", Condition::Status::Unknown, "", percent, {}}}};
}
Report in_sync() {
    return {{"app", "dev"}, "2", "2", {{"InSync", Condition::Status::True, "", "", {}}}};
}

/// Nothing is ever due of itself: the outbox is closed, which makes all due, where a test takes.
struct WaitingStatuses : testing::Test {
    void write_first() {
        ASSERT_TRUE(outbox.put(progress("0.00"), now - 10s));
        const auto first = outbox.next();
        ASSERT_TRUE(first);
        outbox.written(*first, now);
    }

    sdk::contract::FakeHost host;
    Metrics metrics{host};
    Outbox outbox{{2, 10, 1s, 1h, 5, 2h}, metrics};
    const Outbox::Instant now = Clock::now();
    const DeviceId id{"app", "dev"};
};

TEST_F(WaitingStatuses, are_the_latest_of_each_device) {
    outbox.put(progress("0.00"), now);
    outbox.put(progress("5.00"), now);
    EXPECT_EQ(outbox.waiting(id)->conditions[1].message, "5.00");
    EXPECT_EQ(metrics.statuses_waiting.value(), 1);
    outbox.close();
    EXPECT_EQ(outbox.next()->conditions[1].message, "5.00");
    EXPECT_EQ(outbox.waiting(id)->conditions[1].message, "5.00") << "it is not written yet";
    outbox.written(progress("5.00"), now);
    EXPECT_FALSE(outbox.waiting(id));
    EXPECT_FALSE(outbox.next());
}

TEST_F(WaitingStatuses, are_not_of_little_progress) {
    write_first();
    outbox.put(progress("9.99"), now);
    outbox.put(progress("9.99 %, 60 blocks left; the next waits for air time"), now);
    EXPECT_FALSE(outbox.waiting(id));
    outbox.put(progress("10.00"), now);
    EXPECT_TRUE(outbox.waiting(id));
    EXPECT_EQ(metrics.statuses_passed_over.value(), 2);
}

TEST_F(WaitingStatuses, of_progress_wait_for_the_interval_and_others_do_not) {
    write_first();
    outbox.put(progress("50.00"), now);
    outbox.put(in_sync(), now - 10s);
    const auto taken = outbox.next();
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->current, "2");
}

TEST_F(WaitingStatuses, of_progress_come_sooner_after_many_turns) {
    outbox.put(progress("0.00"), now - 90min);
    outbox.written(*outbox.next(), now - 90min);
    for (int i = 0; i < 5; ++i) outbox.put(progress("50.00"), now - 10s);
    EXPECT_TRUE(outbox.next()) << "which would wait for half an hour else";
}

TEST_F(WaitingStatuses, of_an_update_first_heard_of_half_way_wait_as_those_of_progress) {
    outbox.put(progress("3.00", "half way"), now - 10s);
    outbox.put(progress("0.00", "other"), now - 5s);
    EXPECT_EQ(outbox.next()->device.device, "other");
}

TEST_F(WaitingStatuses, that_came_while_one_is_written_follow_it) {
    outbox.put(progress("0.00"), now - 10s);
    const auto first = *outbox.next();
    outbox.put(in_sync(), now - 10s);
    outbox.put(progress("0.00", "other"), now - 10s);
    EXPECT_EQ(outbox.next()->device.device, "other") << "one of a device at a time";
    outbox.written(first, now);
    EXPECT_EQ(outbox.next()->current, "2");
}

TEST_F(WaitingStatuses, that_failed_wait_again_unless_a_newer_one_came) {
    outbox.put(progress("0.00"), now - 10s);
    const auto first = *outbox.next();
    outbox.again(first, now);
    EXPECT_EQ(outbox.next()->conditions[1].message, "0.00");
    outbox.put(in_sync(), now - 10s);
    outbox.again(first, now);
    EXPECT_EQ(outbox.next()->current, "2");
}

TEST_F(WaitingStatuses, are_bounded_and_those_that_are_written_give_way) {
    EXPECT_TRUE(outbox.put(progress("0.00", "a"), now - 10s));
    EXPECT_TRUE(outbox.put(progress("0.00", "b"), now));
    EXPECT_FALSE(outbox.put(progress("0.00", "c"), now));
    EXPECT_EQ(metrics.statuses_turned_away.value(), 1);
    outbox.written(*outbox.next(), now);
    EXPECT_TRUE(outbox.put(progress("0.00", "c"), now));
}

TEST_F(WaitingStatuses, of_a_device_that_somebody_changed_are_news) {
    write_first();
    outbox.put(progress("0.00"), now);
    EXPECT_FALSE(outbox.waiting(id));
    outbox.forget(id);
    outbox.put(progress("0.00"), now);
    EXPECT_TRUE(outbox.waiting(id));
}

TEST_F(WaitingStatuses, of_a_device_that_is_gone_are_dropped) {
    outbox.put(progress("0.00"), now - 10s);
    (void)outbox.next();
    outbox.put(in_sync(), now);
    outbox.gone(id);
    EXPECT_FALSE(outbox.waiting(id));
    outbox.close();
    EXPECT_FALSE(outbox.next());
    EXPECT_EQ(metrics.statuses_waiting.value(), 0);
}

TEST_F(WaitingStatuses, that_fail_when_it_is_closed_are_dropped) {
    outbox.put(progress("0.00"), now);
    outbox.close();
    const auto last = *outbox.next();
    outbox.again(last, now);
    EXPECT_FALSE(outbox.next());
    outbox.await_empty(now + 10s);
}

}  // namespace
}  // namespace ajour::drogue_registry
