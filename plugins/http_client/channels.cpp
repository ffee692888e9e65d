// SPDX-License-Identifier: Apache-2.0
#include "channels.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace ajour::http_client {

Channels::Lease::Lease(Channels& channels, std::unique_ptr<Channel> channel) noexcept
    : channels_(channels), channel_(std::move(channel)) {}

Channels::Lease::~Lease() {
    channels_.give_back(std::move(channel_));
}

Channels::Lease Channels::lend(const std::string& origin) {
    const std::lock_guard lock(mutex_);
    auto channel = take_idle(origin);
    if (!channel) channel = std::make_unique<Channel>(origin);
    if (stopped_) channel->stop();
    lent_.push_back(channel.get());
    return {*this, std::move(channel)};
}

std::unique_ptr<Channel> Channels::take_idle(const std::string& origin) {
    const auto found = std::find_if(idle_.rbegin(), idle_.rend(),
                                    [&](const auto& idle) { return idle->origin() == origin; });
    if (found == idle_.rend()) return nullptr;
    auto channel = std::move(*found);
    idle_.erase(std::next(found).base());
    return channel;
}

void Channels::give_back(std::unique_ptr<Channel> channel) {
    std::unique_ptr<Channel> dropped;  // ends outside of the lock: that may close a connection
    const std::lock_guard lock(mutex_);
    std::erase(lent_, channel.get());
    if (stopped_) return;
    idle_.push_back(std::move(channel));
    if (idle_.size() <= idle_max_) return;
    dropped = std::move(idle_.front());
    idle_.pop_front();
}

void Channels::stop() noexcept {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    for (auto* channel : lent_) channel->stop();
    idle_.clear();
}

}  // namespace ajour::http_client
