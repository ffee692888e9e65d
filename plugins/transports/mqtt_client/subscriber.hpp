// SPDX-License-Identifier: Apache-2.0
// What a transport is to its connection. All is called on the network thread.
#pragma once

#include <ajour/sdk/result.hpp>

#include "session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ajour::mqtt_client {

class Subscriber {
public:
    virtual ~Subscriber() = default;

    /// How the next connection is to be. An Error puts it off, as a broker does that is not there.
    virtual sdk::Result<Wishes> wishes() = 0;
    /// A connection is there that messages will come from, until the next call.
    virtual void begin(Session& session) noexcept = 0;
    virtual void arrived(const Incoming& message) = 0;

    /// The broker did not believe the login of the last wishes.
    virtual void login_refused() {}
    /// Asked from time to time between two connections: whether the next one is due now.
    virtual bool is_due() noexcept { return false; }
    /// The broker granted no such subscription, which Wishes does not need.
    virtual void not_granted(const std::string& /*filter*/, const std::string& /*why*/) {}
    /// The broker took a command, or gave a reason for which it did not (MQTT 5).
    virtual void acknowledged(const std::string& /*topic*/, const char* /*refusal*/) {}
    /// Why a ready connection brings nothing yet, in a sentence; empty when it does. Asked when it
    /// is ready, and from then on until it is empty, ten times a second.
    virtual std::string trouble() { return {}; }
    /// Called after each turn of a ready connection, at least each second.
    virtual void turned(Session& /*session*/) {}
    /// A ready connection broke, with these commands on their way.
    virtual void lost(const std::vector<std::string>& /*topics*/) noexcept {}
};

}  // namespace ajour::mqtt_client
