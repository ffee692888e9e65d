// SPDX-License-Identifier: Apache-2.0
// Makes the message that answers a turn: cut into blocks where the peer or the link asks for it,
// and never more than the peer's allowance.
#pragma once

#include "answer_writer.hpp"
#include "echo_stamp.hpp"
#include "limits.hpp"
#include "metrics.hpp"
#include "transfers.hpp"
#include "turn.hpp"

#include <vector>

namespace ajour::coap {

class Responder {
public:
    using Time = std::chrono::milliseconds;

    Responder(const Limits& limits, Metrics& metrics, const EchoStamp& echo, const SipKey& key);

    // The messages are valid until the next call. They are empty when nothing may be sent.

    sdk::ByteView command(Turn& turn, const Envelope& envelope, sdk::ByteView command, Time now);
    sdk::ByteView answer(Turn& turn, const Envelope& envelope, const Answer& answer, Time now);
    /// The block that the turn asks for, of a command that was answered before.
    sdk::ByteView later_block(Turn& turn, const Envelope& envelope, Time now);

    /// How large a command may be so that it goes in one piece; never 0.
    std::uint32_t room_for(const Turn& turn, Time now);

private:
    Attachments attached_to(const Turn& turn, Time now);
    sdk::ByteView block(Turn& turn, const Envelope& envelope, const Block& wanted,
                        const sdk::Bytes& command, Time now);
    sdk::ByteView within_allowance(Turn& turn, const Envelope& envelope, sdk::ByteView message);
    std::uint8_t most_exponent() const noexcept;

    const Limits& limits_;
    Metrics& metrics_;
    const EchoStamp& echo_;
    const SipKey key_;
    Transfers commands_;
    EchoStamp::Value stamp_{};
    std::vector<std::uint8_t> message_;
};

}  // namespace ajour::coap
