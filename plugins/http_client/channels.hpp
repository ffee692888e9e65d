// SPDX-License-Identifier: Apache-2.0
// The channels of a client: each is lent to one request at a time and waits for the next.
#pragma once

#include "channel.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace ajour::http_client {

class Channels {
public:
    /// Gives the channel back when it ends.
    class Lease {
    public:
        Lease(Channels& channels, std::unique_ptr<Channel> channel) noexcept;
        ~Lease();
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        Channel& operator*() const noexcept { return *channel_; }

    private:
        Channels& channels_;
        std::unique_ptr<Channel> channel_;
    };

    explicit Channels(std::size_t idle_max) noexcept : idle_max_(idle_max) {}

    /// One to that origin, the last used first; a new one when there is none. [any]
    Lease lend(const std::string& origin);

    /// Ends what all that are lent do, or will do. [any]
    void stop() noexcept;

private:
    std::unique_ptr<Channel> take_idle(const std::string& origin);
    void give_back(std::unique_ptr<Channel> channel);

    const std::size_t idle_max_;
    std::mutex mutex_;  // guards all below
    bool stopped_ = false;
    std::deque<std::unique_ptr<Channel>> idle_;  // the last used at the end
    std::vector<Channel*> lent_;
};

}  // namespace ajour::http_client
