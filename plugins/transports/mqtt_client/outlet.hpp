// SPDX-License-Identifier: Apache-2.0
// Where commands leave: at once when there is room, else behind those that wait.
#pragma once

#include "connection_metrics.hpp"
#include "options.hpp"
#include "outbox.hpp"
#include "session.hpp"

#include <cstdint>
#include <memory>

namespace ajour::mqtt_client {

/// How many bytes a command may have that goes with this topic and correlation data, so that its
/// packet has no more than `packet_bytes`.
std::uint32_t room_within(std::size_t packet_bytes, const Outgoing& answer) noexcept;

/// Of the network thread, but for its outbox.
class Outlet {
public:
    Outlet(const Options& options, ConnectionMetrics& metrics);

    /// The session that commands go to.
    void begin(Session& session) noexcept { session_ = &session; }

    /// Sends a command, or queues it behind those before.
    void answer(const Outgoing& command) noexcept;
    /// Sends what is queued, as far as there is room.
    void drain();
    /// The same for the largest packet that the broker takes.
    std::uint32_t room_for(const Outgoing& answer) const noexcept;

    const std::shared_ptr<Outbox>& outbox() const noexcept { return outbox_; }
    sdk::Metric& refusals() const noexcept { return metrics_.refusals; }

private:
    void publish(const Outgoing& command) noexcept;

    ConnectionMetrics& metrics_;
    const std::shared_ptr<Outbox> outbox_;
    Session* session_ = nullptr;
};

}  // namespace ajour::mqtt_client
