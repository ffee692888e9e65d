// SPDX-License-Identifier: Apache-2.0
#include "post_queue.hpp"

#include <utility>

namespace ajour::lorawan {

void PostQueue::send(Letter letter) noexcept {
    bool admitted = false;
    try {
        const std::lock_guard lock(mutex_);
        if (ended_) return;
        admitted = admit(letter);
    } catch (...) {  // without memory it is dropped like any other that finds no room
    }
    if (!admitted) return dropped_.add();
    changed_.notify_one();
}

bool PostQueue::admit(Letter& letter) {
    const auto bytes = letter.bytes();
    if (letters_.size() >= bounds_.letters) return false;
    if (bytes > bounds_.bytes || bytes_ > bounds_.bytes - bytes) return false;
    letters_.push_back(std::move(letter));
    bytes_ += bytes;
    queued_.set(static_cast<std::int64_t>(letters_.size()));
    return true;
}

std::optional<Letter> PostQueue::next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ended_ || !letters_.empty(); });
    if (ended_) return std::nullopt;
    auto letter = std::move(letters_.front());
    letters_.pop_front();
    bytes_ -= letter.bytes();
    queued_.set(static_cast<std::int64_t>(letters_.size()));
    return letter;
}

void PostQueue::end() noexcept {
    {
        const std::lock_guard lock(mutex_);
        if (ended_) return;
        ended_ = true;
        dropped_.add(static_cast<std::int64_t>(letters_.size()));
        letters_.clear();
        bytes_ = 0;
        queued_.set(0);
    }
    changed_.notify_all();
}

}  // namespace ajour::lorawan
