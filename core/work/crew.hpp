// SPDX-License-Identifier: Apache-2.0
// A fixed number of threads with a bounded queue. Each plugin that may block has a crew of its own,
// so that one that hangs delays only what depends on it.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace ajour::work {

class Crew {
public:
    Crew(std::string name, std::size_t threads, std::size_t queue_max);
    ~Crew();
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;

    /// False when the queue is full or the crew was stopped; the task is then dropped. Tasks must
    /// not throw. [any]
    bool post(std::function<void()> task);

    std::size_t waiting() const;

    /// Drops what waits and joins the threads when their tasks have ended. Safe twice. [main]
    void stop();

private:
    void run(const std::stop_token& stopping);

    std::string name_;
    std::size_t queue_max_;
    mutable std::mutex mutex_;  // guards queue_ and stopped_
    std::condition_variable_any wake_;
    std::deque<std::function<void()>> queue_;
    bool stopped_ = false;
    std::vector<std::jthread> threads_;
};

}  // namespace ajour::work
