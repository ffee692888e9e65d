// SPDX-License-Identifier: Apache-2.0
// Downlinks by HTTP: they wait here for a thread that posts them. [any]
#pragma once

#include <ajour/sdk/host.hpp>

#include "courier.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>

namespace ajour::lorawan {

/// Bounded in number and in bytes.
class PostQueue final : public Courier {
public:
    struct Bounds {
        std::size_t letters = 0;
        std::size_t bytes = 0;
    };

    PostQueue(Bounds bounds, sdk::Metric& queued, sdk::Metric& dropped) noexcept
        : bounds_(bounds), queued_(queued), dropped_(dropped) {}

    void send(Letter letter) noexcept override;
    /// Waits for the next; nothing after `end`.
    std::optional<Letter> next();
    /// From now on nothing happens any more.
    void end() noexcept;

private:
    bool admit(Letter& letter);

    const Bounds bounds_;
    sdk::Metric& queued_;
    sdk::Metric& dropped_;
    std::mutex mutex_;  // guards all below
    std::condition_variable changed_;
    std::deque<Letter> letters_;
    std::size_t bytes_ = 0;
    bool ended_ = false;
};

}  // namespace ajour::lorawan
