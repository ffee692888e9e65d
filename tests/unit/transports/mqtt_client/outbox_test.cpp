// SPDX-License-Identifier: Apache-2.0
#include "outbox.hpp"

#include <gtest/gtest.h>
#include <poll.h>

#include <string>
#include <thread>
#include <vector>

namespace ajour::mqtt_client {
namespace {

class OutboxTest : public testing::Test {
protected:
    OutboxTest() { outbox.open(); }

    static Command command(std::size_t bytes) {
        return {std::string("t"), sdk::Bytes(bytes - 2), sdk::Bytes(1)};
    }
    bool rings() {
        pollfd polled{outbox.doorbell().descriptor(), POLLIN, 0};
        return ::poll(&polled, 1, 0) == 1;
    }

    sdk::Metric queued, dropped;
    Outbox outbox{{3, 100}, queued, dropped};
};

TEST_F(OutboxTest, gives_commands_in_their_order) {
    outbox.push({"first", {}, {}});
    outbox.push({"second", {}, {}});
    EXPECT_EQ(outbox.pop()->topic, "first");
    EXPECT_EQ(outbox.pop()->topic, "second");
    EXPECT_FALSE(outbox.pop());
}

TEST_F(OutboxTest, wakes_the_network_thread) {
    EXPECT_FALSE(rings());
    outbox.push(command(10));
    EXPECT_TRUE(rings());
    outbox.doorbell().silence();
    EXPECT_FALSE(rings());
}

TEST_F(OutboxTest, drops_and_counts_what_is_beyond_its_number) {
    for (int i = 0; i < 5; ++i) outbox.push(command(10));
    EXPECT_EQ(queued.value(), 3);
    EXPECT_EQ(dropped.value(), 2);
}

TEST_F(OutboxTest, drops_and_counts_what_is_beyond_its_bytes) {
    outbox.push(command(60));
    outbox.push(command(41));
    EXPECT_EQ(dropped.value(), 1);
    outbox.push(command(40));
    EXPECT_EQ(dropped.value(), 1);
    outbox.push(command(101));
    EXPECT_EQ(dropped.value(), 2);
}

TEST_F(OutboxTest, has_room_again_for_what_was_taken_out) {
    outbox.push(command(100));
    (void)outbox.pop();
    outbox.push(command(100));
    EXPECT_EQ(dropped.value(), 0);
    EXPECT_EQ(queued.value(), 1);
}

TEST_F(OutboxTest, drops_what_is_left_when_the_connection_ends) {
    outbox.push(command(10));
    outbox.close();
    EXPECT_TRUE(outbox.is_empty());
    EXPECT_EQ(dropped.value(), 1);
    EXPECT_EQ(queued.value(), 0);
    outbox.push(command(10));
    EXPECT_EQ(dropped.value(), 2);
    outbox.open();
    outbox.push(command(100));
    EXPECT_EQ(queued.value(), 1);
}

TEST_F(OutboxTest, does_nothing_any_more_after_its_end) {
    outbox.end();
    outbox.open();
    outbox.push(command(10));
    EXPECT_TRUE(outbox.is_empty());
    EXPECT_EQ(dropped.value(), 0);
    EXPECT_FALSE(rings());
}

TEST_F(OutboxTest, is_filled_by_several_threads) {
    Outbox wide({1000, 1 << 20}, queued, dropped);
    wide.open();
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < 100; ++j) wide.push(command(10));
        });
    }
    for (auto& thread : threads) thread.join();
    int count = 0;
    while (wide.pop()) ++count;
    EXPECT_EQ(count, 400);
}

}  // namespace
}  // namespace ajour::mqtt_client
