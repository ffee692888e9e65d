// SPDX-License-Identifier: Apache-2.0
// From a message of the broker to a status for the host, and from a command to a message. Knows no
// connection but the session that it is given.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "metrics.hpp"
#include "options.hpp"
#include "outbox.hpp"
#include "session.hpp"
#include "topics.hpp"

#include <memory>
#include <string>

namespace ajour::mqtt {

/// What outlives the network thread.
struct Service {
    const Options& options;
    const Topics& topics;
    Metrics& metrics;
    sdk::Inbox& inbox;
    sdk::Host& host;
};

/// Of the network thread, but for its outbox.
class Turns {
public:
    explicit Turns(const Service& service);

    /// The session that statuses come from and commands go to.
    void begin(Session& session) noexcept { session_ = &session; }

    /// Hands a status over, unless it is none.
    void take(const Incoming& message);
    /// Sends a command, or queues it behind those before.
    void answer(const Outgoing& command) noexcept;
    /// Sends what is queued, as far as there is room.
    void drain();

    const std::shared_ptr<Outbox>& outbox() const noexcept { return outbox_; }
    sdk::Metric& refusals() const noexcept { return service_.metrics.refusals; }

private:
    bool is_sound(const Incoming& message) const noexcept;
    void submit(const Incoming& message, const Topics::Route& route);
    void choose_topic(const Incoming& message, const Topics::Route& route);
    std::uint32_t room_for(const Outgoing& answer) const noexcept;
    void publish(const Outgoing& command) noexcept;

    const Service service_;
    const std::shared_ptr<Outbox> outbox_;
    Session* session_ = nullptr;
    std::string topic_;  ///< of the answer to the status that is being taken
};

}  // namespace ajour::mqtt
