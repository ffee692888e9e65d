// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/transport.hpp>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::sdk::contract {

/// A message with its views copied.
struct ReceivedMessage {
    DeviceId device, sender;
    Credential::Kind credential = Credential::Kind::Trusted;
    std::string username, secret, peer;
    Bytes payload;
    std::uint32_t room = 0;
    std::chrono::milliseconds pace{0};
};

/// A delay with its view copied.
struct ReceivedDelay {
    DeviceId device;
    Delay delay;
};

/// A drop with its view copied.
struct ReceivedDrop {
    DeviceId device;
    Drop drop = Drop::Other;
};

/// An inbox that answers each message with its own payload, or as it is told. [any]
class RecordingInbox final : public Inbox {
public:
    enum class Answer : std::uint8_t {
        Echo,    ///< send the payload back before submit returns
        Twice,   ///< send it, then send something else and refuse: only the first counts
        Refuse,  ///< refuse with `refusal`
        Later,   ///< keep a handle; take_reply gives it
    };

    void submit(const Message& message, Reply& reply) noexcept override;
    Result<DeviceKey> key_for(const DeviceView& device, std::string_view peer) noexcept override;
    void report_wrong_key(const DeviceView& device, std::string_view peer) noexcept override;
    void delayed(const DeviceView& device, const Delay& delay) noexcept override;
    void dropped(const DeviceView& device, Drop drop) noexcept override;

    void answer_with(Answer answer, ErrorKind refusal = ErrorKind::Refused);
    /// What key_for gives from now on, with the tag "tag"; NotFound until then.
    void set_key(Bytes key);

    std::size_t count() const;
    /// How many wrong keys were reported.
    std::size_t wrong_keys() const;
    std::vector<ReceivedMessage> messages() const;
    std::vector<ReceivedDelay> delays() const;
    std::vector<ReceivedDrop> drops() const;
    /// The handle of a message that was to be answered later; null when none came within
    /// `patience`.
    std::unique_ptr<Reply> take_reply(
        std::chrono::milliseconds patience = std::chrono::seconds(10));

private:
    void keep(const Message& message);

    mutable std::mutex mutex_;  ///< guards all below
    std::condition_variable kept_;
    Answer answer_ = Answer::Echo;
    ErrorKind refusal_ = ErrorKind::Refused;
    std::optional<Bytes> key_;
    std::size_t wrong_keys_ = 0;
    std::vector<ReceivedMessage> messages_;
    std::vector<ReceivedDelay> delays_;
    std::vector<ReceivedDrop> drops_;
    std::vector<std::unique_ptr<Reply>> replies_;
};

}  // namespace ajour::sdk::contract
