// SPDX-License-Identifier: Apache-2.0
#include "post_queue.hpp"

#include <utility>

namespace ajour::drogue {

void PostQueue::push(Post post) noexcept {
    bool admitted = false;
    try {
        const std::lock_guard lock(mutex_);
        if (ended_) return;
        admitted = admit(post);
    } catch (...) {  // without memory it is dropped like any other that finds no room
    }
    if (admitted) {
        changed_.notify_one();
    } else {
        dropped_.add();
    }
}

bool PostQueue::admit(Post& post) {
    const auto bytes = post.bytes();
    if (posts_.size() >= bounds_.posts) return false;
    if (bytes > bounds_.bytes || bytes_ > bounds_.bytes - bytes) return false;
    posts_.push_back(std::move(post));
    bytes_ += bytes;
    queued_.set(static_cast<std::int64_t>(posts_.size()));
    return true;
}

std::optional<Post> PostQueue::pop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ended_ || !posts_.empty(); });
    if (ended_) return std::nullopt;
    auto post = std::move(posts_.front());
    posts_.pop_front();
    bytes_ -= post.bytes();
    queued_.set(static_cast<std::int64_t>(posts_.size()));
    return post;
}

bool PostQueue::pause(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return !ended_changed_.wait_for(lock, time, [&] { return ended_; });
}

void PostQueue::end() noexcept {
    {
        const std::lock_guard lock(mutex_);
        if (ended_) return;
        ended_ = true;
        dropped_.add(static_cast<std::int64_t>(posts_.size()));
        posts_.clear();
        bytes_ = 0;
        queued_.set(0);
    }
    changed_.notify_all();
    ended_changed_.notify_all();
}

}  // namespace ajour::drogue
