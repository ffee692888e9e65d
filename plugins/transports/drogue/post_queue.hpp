// SPDX-License-Identifier: Apache-2.0
// Commands that wait for a thread that posts them. [any]
#pragma once

#include <ajour/sdk/host.hpp>

#include "cloud_api.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>

namespace ajour::drogue {

/// Bounded in number and in bytes. What finds no room is dropped and counted: its device asks
/// again. Late replies share it, and may outlive all else of the transport.
class PostQueue {
public:
    struct Bounds {
        std::size_t posts = 0;
        std::size_t bytes = 0;
    };

    PostQueue(Bounds bounds, sdk::Metric& queued, sdk::Metric& dropped) noexcept
        : bounds_(bounds), queued_(queued), dropped_(dropped) {}

    void push(Post post) noexcept;
    /// Waits for the next; nothing after `end`.
    std::optional<Post> pop();
    /// Waits; false when `end` came first.
    bool pause(std::chrono::milliseconds time);
    /// From now on nothing happens any more.
    void end() noexcept;

private:
    bool admit(Post& post);

    const Bounds bounds_;
    sdk::Metric& queued_;
    sdk::Metric& dropped_;
    std::mutex mutex_;  // guards all below
    std::condition_variable changed_;
    std::condition_variable ended_changed_;
    std::deque<Post> posts_;
    std::size_t bytes_ = 0;
    bool ended_ = false;
};

}  // namespace ajour::drogue
