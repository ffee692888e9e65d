// SPDX-License-Identifier: Apache-2.0
#include "ajour/sdk/testing/recording_inbox.hpp"

#include <utility>

namespace ajour::sdk::contract {

void RecordingInbox::keep(const Message& message) {
    ReceivedMessage copy;
    copy.device = DeviceId(message.device);
    copy.sender = DeviceId(message.sender);
    copy.credential = message.credential.kind;
    copy.username = message.credential.username;
    copy.secret = message.credential.secret;
    copy.peer = message.peer;
    copy.payload.assign(message.payload.begin(), message.payload.end());
    copy.room = message.room;
    copy.pace = message.pace;
    messages_.push_back(std::move(copy));
}

void RecordingInbox::submit(const Message& message, Reply& reply) noexcept {
    Answer answer;
    ErrorKind refusal;
    {
        const std::scoped_lock lock(mutex_);
        keep(message);
        answer = answer_;
        refusal = refusal_;
        if (answer == Answer::Later) {
            replies_.push_back(reply.later());
            kept_.notify_all();
        }
    }
    if (answer == Answer::Echo || answer == Answer::Twice) reply.send(message.payload);
    if (answer == Answer::Twice) reply.send(bytes_of("a second answer"));
    if (answer == Answer::Twice || answer == Answer::Refuse) reply.refuse(refusal);
}

Result<DeviceKey> RecordingInbox::key_for(const DeviceView&, std::string_view) noexcept {
    const std::scoped_lock lock(mutex_);
    if (key_) return DeviceKey{*key_, "tag"};
    return Error{ErrorKind::NotFound, "no key was set"};
}

void RecordingInbox::report_wrong_key(const DeviceView&, std::string_view) noexcept {
    const std::scoped_lock lock(mutex_);
    ++wrong_keys_;
}

std::size_t RecordingInbox::wrong_keys() const {
    const std::scoped_lock lock(mutex_);
    return wrong_keys_;
}

void RecordingInbox::delayed(const DeviceView& device, const Delay& delay) noexcept {
    const std::scoped_lock lock(mutex_);
    delays_.push_back({DeviceId(device), delay});
}

void RecordingInbox::dropped(const DeviceView& device, Drop drop) noexcept {
    const std::scoped_lock lock(mutex_);
    drops_.push_back({DeviceId(device), drop});
}

void RecordingInbox::answer_with(Answer answer, ErrorKind refusal) {
    const std::scoped_lock lock(mutex_);
    answer_ = answer;
    refusal_ = refusal;
}

void RecordingInbox::set_key(Bytes key) {
    const std::scoped_lock lock(mutex_);
    key_ = std::move(key);
}

std::size_t RecordingInbox::count() const {
    const std::scoped_lock lock(mutex_);
    return messages_.size();
}

std::vector<ReceivedMessage> RecordingInbox::messages() const {
    const std::scoped_lock lock(mutex_);
    return messages_;
}

std::vector<ReceivedDrop> RecordingInbox::drops() const {
    const std::scoped_lock lock(mutex_);
    return drops_;
}

std::vector<ReceivedDelay> RecordingInbox::delays() const {
    const std::scoped_lock lock(mutex_);
    return delays_;
}

std::unique_ptr<Reply> RecordingInbox::take_reply(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    if (!kept_.wait_for(lock, patience, [this] { return !replies_.empty(); })) return nullptr;
    auto reply = std::move(replies_.back());
    replies_.pop_back();
    return reply;
}

}  // namespace ajour::sdk::contract
