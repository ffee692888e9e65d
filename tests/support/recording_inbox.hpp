// SPDX-License-Identifier: Apache-2.0
// An inbox that keeps what it was given and answers as the test says.
#pragma once

#include <ajour/sdk/transport.hpp>

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
          peer(message.peer) {}

    sdk::DeviceId device;
    sdk::DeviceId sender;
    sdk::Credential::Kind kind;
    std::string username;
    std::string secret;
    std::string payload;
    std::uint32_t room;
    std::string peer;
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

    /// Not while messages are under way.
    void answer_with(Answer answer) { answer_ = std::move(answer); }

    void submit(const sdk::Message& message, sdk::Reply& reply) noexcept override {
        {
            const std::lock_guard lock(mutex_);
            messages_.emplace_back(message);
        }
        answer_(message, reply);
    }
    /// Not while messages are under way.
    void give_keys(Keys keys) { keys_ = std::move(keys); }
    sdk::Result<sdk::Bytes> key_for(const sdk::DeviceView& device) noexcept override {
        return keys_(device);
    }

    std::vector<RecordedMessage> messages() const {
        const std::lock_guard lock(mutex_);
        return messages_;
    }

private:
    Answer answer_;
    Keys keys_ = [](const sdk::DeviceView&) -> sdk::Result<sdk::Bytes> {
        return sdk::Error{sdk::ErrorKind::NotFound, "there are no keys"};
    };
    mutable std::mutex mutex_;
    std::vector<RecordedMessage> messages_;
};

}  // namespace ajour::support
