// SPDX-License-Identifier: Apache-2.0
// How the host's answer finds its way back to an endpoint: at once from the stack, or later from
// any thread.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "turn.hpp"

#include <memory>

namespace ajour::coap {

class Endpoint;

/// Lives on the stack while the host takes a status.
class TurnReply final : public sdk::Reply {
public:
    TurnReply(Endpoint& endpoint, Turn& turn) noexcept : endpoint_(endpoint), turn_(turn) {}

    void send(sdk::ByteView command) noexcept override;
    void refuse(sdk::ErrorKind kind) noexcept override;
    std::unique_ptr<sdk::Reply> later() noexcept override;

    /// What the host made of it. Full: it wanted to answer later, but too many wait already.
    enum class Fate : unsigned char { Unanswered, Answered, Deferred, Full };
    Fate fate() const noexcept { return fate_; }
    /// The number of the exchange, when it is deferred.
    std::uint64_t exchange() const noexcept { return exchange_; }

private:
    Endpoint& endpoint_;
    Turn& turn_;
    Fate fate_ = Fate::Unanswered;
    std::uint64_t exchange_ = 0;
};

}  // namespace ajour::coap
