// SPDX-License-Identifier: Apache-2.0
// Ends the process when a stop takes too long, because a plugin's call does not return.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace ajour::app {

class Watchdog {
public:
    /// Unless destroyed before the deadline: says its last words and ends the process with
    /// status 1.
    Watchdog(std::chrono::milliseconds deadline, std::function<void()> last_words);

private:
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}  // namespace ajour::app
