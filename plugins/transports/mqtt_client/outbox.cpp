// SPDX-License-Identifier: Apache-2.0
#include "outbox.hpp"

#include <utility>

namespace ajour::mqtt_client {

void Outbox::push(Command command) noexcept {
    bool admitted = false;
    try {
        const std::lock_guard lock(mutex_);
        if (state_ == State::Ended) return;
        admitted = admit(command);
    } catch (...) {  // without memory it is dropped like any other that finds no room
    }
    if (admitted) {
        doorbell_.ring();
    } else {
        dropped_.add();
    }
}

bool Outbox::admit(Command& command) {
    const auto bytes = command.bytes();
    if (state_ != State::Open || commands_.size() >= bounds_.commands) return false;
    if (bytes > bounds_.bytes || bytes_ > bounds_.bytes - bytes) return false;
    commands_.push_back(std::move(command));
    bytes_ += bytes;
    queued_.set(static_cast<std::int64_t>(commands_.size()));
    return true;
}

std::optional<Command> Outbox::pop() {
    const std::lock_guard lock(mutex_);
    if (commands_.empty()) return std::nullopt;
    auto command = std::move(commands_.front());
    commands_.pop_front();
    bytes_ -= command.bytes();
    queued_.set(static_cast<std::int64_t>(commands_.size()));
    return command;
}

bool Outbox::is_empty() const {
    const std::lock_guard lock(mutex_);
    return commands_.empty();
}

void Outbox::open() {
    const std::lock_guard lock(mutex_);
    if (state_ == State::Closed) state_ = State::Open;
}

void Outbox::close() noexcept {
    const std::lock_guard lock(mutex_);
    if (state_ == State::Open) state_ = State::Closed;
    clear();
}

void Outbox::end() noexcept {
    const std::lock_guard lock(mutex_);
    if (state_ == State::Ended) return;
    clear();
    state_ = State::Ended;
}

void Outbox::clear() noexcept {
    dropped_.add(static_cast<std::int64_t>(commands_.size()));
    commands_.clear();
    bytes_ = 0;
    queued_.set(0);
}

}  // namespace ajour::mqtt_client
