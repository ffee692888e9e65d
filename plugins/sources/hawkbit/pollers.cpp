// SPDX-License-Identifier: Apache-2.0
#include "pollers.hpp"

namespace ajour::hawkbit {

void Pollers::start(std::size_t connections, std::size_t at_once) {
    calls_.assign(connections, 0);
    threads_.reserve(connections * at_once);
    for (std::size_t connection = 0; connection < connections; ++connection) {
        for (std::size_t i = 0; i < at_once; ++i) {
            threads_.emplace_back([this, connection] { run(connection); });
        }
    }
}

void Pollers::wake(std::size_t connection) {
    {
        const std::lock_guard lock(mutex_);
        ++calls_[connection];
    }
    called_.notify_all();
}

void Pollers::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    called_.notify_all();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

void Pollers::run(std::size_t connection) {
    std::uint64_t heard = 0;
    while (await_call(connection, heard)) {
        while (!is_stopped() && visit_next_(connection)) {
        }
    }
}

bool Pollers::await_call(std::size_t connection, std::uint64_t& heard) {
    std::unique_lock lock(mutex_);
    called_.wait(lock, [&] { return stopped_ || calls_[connection] != heard; });
    heard = calls_[connection];
    return !stopped_;
}

bool Pollers::is_stopped() const {
    const std::lock_guard lock(mutex_);
    return stopped_;
}

}  // namespace ajour::hawkbit
