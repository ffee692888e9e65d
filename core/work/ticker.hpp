// SPDX-License-Identifier: Apache-2.0
// One thread that calls a function again and again until it is stopped.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace ajour::work {

class Ticker {
public:
    /// `tick` must not throw; the first call comes after one interval.
    Ticker(std::chrono::milliseconds interval, std::function<void()> tick);

    /// Ends after the current call. Safe twice. [main]
    void stop();

private:
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}  // namespace ajour::work
