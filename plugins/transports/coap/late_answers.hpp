// SPDX-License-Identifier: Apache-2.0
// Answers that come from other threads, on their way to the thread of their endpoint.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include <cstdint>
#include <functional>
#include <mutex>
#include <utility>
#include <variant>
#include <vector>

namespace ajour::coap {

/// A command, or why there is none.
using Outcome = std::variant<sdk::Bytes, sdk::ErrorKind>;

/// Shared with handles of answers, which may outlive the endpoint. At most one answer waits for
/// each exchange.
class LateAnswers {
public:
    struct Late {
        std::uint64_t exchange;
        Outcome outcome;
    };

    /// `wake` makes the endpoint's thread call `take` soon. It may be called by any thread.
    explicit LateAnswers(std::function<void()> wake) : wake_(std::move(wake)) {}

    /// [any]
    void push(std::uint64_t exchange, Outcome outcome) {
        const std::scoped_lock lock(mutex_);
        if (closed_) return;
        late_.push_back({exchange, std::move(outcome)});
        if (late_.size() == 1) wake_();
    }

    std::vector<Late> take() {
        const std::scoped_lock lock(mutex_);
        return std::exchange(late_, {});
    }

    /// From now on answers come to nothing, and nobody is woken.
    void close() {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
        late_.clear();
    }

private:
    const std::function<void()> wake_;
    std::mutex mutex_;  ///< guards what follows
    std::vector<Late> late_;
    bool closed_ = false;
};

}  // namespace ajour::coap
