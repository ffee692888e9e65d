// SPDX-License-Identifier: Apache-2.0
#include "pollers.hpp"

#include "support/await.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace ajour::hawkbit {
namespace {

using support::await;
using support::Gate;

class AllPollers : public testing::Test {
protected:
    /// Takes one of those that are due at a connection, and passes the connection's gate.
    bool visit(std::size_t connection) {
        if (due[connection].fetch_sub(1) <= 0) {
            ++due[connection];
            return false;
        }
        const auto now = ++running;
        for (int most = most_running;
             now > most && !most_running.compare_exchange_weak(most, now);) {
        }
        gates[connection].pass();
        --running;
        ++visited[connection];
        return true;
    }

    Gate gates[2];
    std::atomic<int> due[2]{0, 0}, visited[2]{0, 0}, running = 0, most_running = 0;
    Pollers pollers{[this](std::size_t connection) { return visit(connection); }};
};

TEST_F(AllPollers, visit_so_many_at_once_and_all_in_the_end) {
    gates[0].close();
    due[0] = 10;
    pollers.start(1, 3);
    pollers.wake(0);
    ASSERT_TRUE(await([this] { return gates[0].waiting() == 3; }));
    EXPECT_EQ(due[0], 7);
    gates[0].open();
    EXPECT_TRUE(await([this] { return visited[0] == 10; }));
    EXPECT_EQ(most_running, 3);
}

TEST_F(AllPollers, of_a_connection_that_hangs_do_not_keep_another_waiting) {
    gates[0].close();
    due[0] = 10;
    due[1] = 5;
    pollers.start(2, 2);
    pollers.wake(0);
    ASSERT_TRUE(await([this] { return gates[0].waiting() == 2; }));
    pollers.wake(1);
    EXPECT_TRUE(await([this] { return visited[1] == 5; }));
    EXPECT_EQ(gates[0].waiting(), 2) << "they hang no more";
    gates[0].open();
}

TEST_F(AllPollers, sleep_until_they_are_woken) {
    pollers.start(1, 2);
    pollers.wake(0);
    due[0] = 1;
    pollers.wake(0);
    EXPECT_TRUE(await([this] { return visited[0] == 1; }));
}

TEST_F(AllPollers, end_their_visits_at_a_stop_and_begin_no_more) {
    gates[0].close();
    due[0] = 10;
    pollers.start(1, 2);
    pollers.wake(0);
    ASSERT_TRUE(await([this] { return gates[0].waiting() == 2; }));
    std::thread stop([this] { pollers.stop(); });
    while (!pollers.is_stopped()) std::this_thread::yield();
    gates[0].open();
    stop.join();
    EXPECT_EQ(visited[0], 2);
    pollers.stop();
}

TEST_F(AllPollers, stop_without_a_start) {
    pollers.stop();
    EXPECT_EQ(visited[0], 0);
}

}  // namespace
}  // namespace ajour::hawkbit
