// SPDX-License-Identifier: Apache-2.0
#include "flights.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>
#include <vector>

using ajour::oci::Flights;
using namespace std::chrono_literals;

namespace {

TEST(Flights, let_one_at_a_time_have_a_name) {
    Flights flights;
    std::atomic<int> inside{0}, most{0}, done{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            const auto flight = flights.enter("a", 20s);
            if (!flight) return;
            most = std::max<int>(most, ++inside);
            std::this_thread::sleep_for(1ms);
            --inside;
            ++done;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(done, 8);
    EXPECT_EQ(most, 1);
}

TEST(Flights, of_other_names_do_not_wait) {
    Flights flights;
    const auto a = flights.enter("a", 0ms), b = flights.enter("b", 0ms);
    EXPECT_TRUE(a && b);
    EXPECT_FALSE(flights.enter("a", 1ms));
}

TEST(Flights, wait_for_nobody_after_a_stop) {
    Flights flights;
    const auto first = flights.enter("a", 0ms);
    std::thread waiting([&] { EXPECT_FALSE(flights.enter("a", 60s)); });
    flights.stop();
    waiting.join();
    EXPECT_FALSE(flights.enter("b", 60s));
}

}  // namespace
