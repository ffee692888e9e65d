// SPDX-License-Identifier: Apache-2.0
// An inbox that keeps what it was given and answers as the test says.
#pragma once

#include <ajour/sdk/transport.hpp>

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace ajour::support {

/// A message with texts of its own.
struct RecordedMessage {
    explicit RecordedMessage(const sdk::Message& message)
        : device(message.device),
          sender(message.sender),
          kind(message.credential.kind),
          username(message.credential.username),
          secret(message.credential.secret),
          payload(sdk::text_of(message.payload)),
          room(message.room),
          peer(message.peer),
          pace(message.pace) {}

    sdk::DeviceId device;
    sdk::DeviceId sender;
    sdk::Credential::Kind kind;
    std::string username;
    std::string secret;
    std::string payload;
    std::uint32_t room;
    std::string peer;
    std::chrono::milliseconds pace;
};

struct RecordedDelay {
    sdk::DeviceId device;
    sdk::Delay delay;
};

struct RecordedDrop {
    sdk::DeviceId device;
    sdk::Drop drop;
};

class RecordingInbox final : public sdk::Inbox {
public:
    using Answer = std::function<void(const sdk::Message&, sdk::Reply&)>;
    using Keys = std::function<sdk::Result<sdk::Bytes>(const sdk::DeviceView&)>;

    /// Answers with the bytes of a text.
    static Answer command(std::string text) {
        return [text = std::move(text)](const sdk::Message&, sdk::Reply& reply) {
            reply.send(sdk::bytes_of(text));
        };
    }
    static Answer refusal(sdk::ErrorKind kind) {
        return [kind](const sdk::Message&, sdk::Reply& reply) { reply.refuse(kind); };
    }

    explicit RecordingInbox(Answer answer = command("command")) : answer_(std::move(answer)) {}

    /// From the next message on.
    void answer_with(Answer answer) {
        const std::lock_guard lock(mutex_);
        answer_ = std::move(answer);
    }

    void submit(const sdk::Message& message, sdk::Reply& reply) noexcept override {
        Answer answer;
        {
            const std::lock_guard lock(mutex_);
            messages_.emplace_back(message);
            answer = answer_;
        }
        answer(message, reply);
    }
    void give_keys(Keys keys) {
        const std::lock_guard lock(mutex_);
        keys_ = std::move(keys);
    }
    /// The tag of a key is the key itself.
    sdk::Result<sdk::DeviceKey> key_for(const sdk::DeviceView& device,
                                        std::string_view) noexcept override {
        Keys keys;
        {
            const std::lock_guard lock(mutex_);
            keys = keys_;
        }
        auto key = keys(device);
        if (!key) return key.error();
        return sdk::DeviceKey{*key, std::string(sdk::text_of(*key))};
    }
    void report_wrong_key(const sdk::DeviceView& device, std::string_view peer) noexcept override {
        const std::lock_guard lock(mutex_);
        wrong_keys_.push_back(sdk::DeviceId(device).text() + " " + std::string(peer));
    }
    /// "application/device address" of each.
    std::vector<std::string> wrong_keys() const {
        const std::lock_guard lock(mutex_);
        return wrong_keys_;
    }
    void delayed(const sdk::DeviceView& device, const sdk::Delay& delay) noexcept override {
        const std::lock_guard lock(mutex_);
        delays_.push_back({sdk::DeviceId(device), delay});
    }
    void dropped(const sdk::DeviceView& device, sdk::Drop drop) noexcept override {
        const std::lock_guard lock(mutex_);
        drops_.push_back({sdk::DeviceId(device), drop});
    }
    std::vector<RecordedDrop> drops() const {
        const std::lock_guard lock(mutex_);
        return drops_;
    }
    std::vector<RecordedDelay> delays() const {
        const std::lock_guard lock(mutex_);
        return delays_;
    }

    std::vector<RecordedMessage> messages() const {
        const std::lock_guard lock(mutex_);
        return messages_;
    }

private:
    mutable std::mutex mutex_;  // guards all below
    Answer answer_;
    Keys keys_ = [](const sdk::DeviceView&) -> sdk::Result<sdk::Bytes> {
        return sdk::Error{sdk::ErrorKind::NotFound, "there are no keys"};
    };
    std::vector<RecordedMessage> messages_;
    std::vector<std::string> wrong_keys_;
    std::vector<RecordedDelay> delays_;
    std::vector<RecordedDrop> drops_;
};

}  // namespace ajour::support
