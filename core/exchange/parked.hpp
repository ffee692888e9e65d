// SPDX-License-Identifier: Apache-2.0
// A status whose turn must wait for the registry or a source, owned, with the way back to its
// device.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "protocol/status.hpp"
#include "work/clock.hpp"

#include <atomic>
#include <list>
#include <memory>
#include <string>

namespace ajour::exchange {

class Parked {
public:
    Parked(const sdk::Message& message, const protocol::Status& status,
           std::unique_ptr<sdk::Reply> reply, work::Instant deadline);

    /// Views into this object. The payload is left out: it is decoded already.
    sdk::Message message() const noexcept;
    sdk::DeviceId device() const { return {application_, device_}; }
    const protocol::Status& status() const noexcept { return status_; }
    sdk::Reply& reply() const noexcept { return *reply_; }
    work::Instant deadline() const noexcept { return deadline_; }

    /// True for the first who asks: that one answers.
    bool claim_answer() noexcept { return !answered_.exchange(true); }
    bool is_answered() const noexcept { return answered_.load(); }

private:
    std::string application_, device_, sender_application_, sender_, username_, secret_, peer_;
    sdk::Credential::Kind kind_;
    std::uint32_t room_;
    std::chrono::milliseconds pace_;
    protocol::Status status_;
    std::unique_ptr<sdk::Reply> reply_;
    work::Instant deadline_;
    std::atomic<bool> answered_{false};
};

}  // namespace ajour::exchange
