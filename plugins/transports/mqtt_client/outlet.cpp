// SPDX-License-Identifier: Apache-2.0
#include "outlet.hpp"

#include <algorithm>
#include <limits>

namespace ajour::mqtt_client {
namespace {

/// Of a PUBLISH beside topic, payload and correlation data: header, lengths, message number.
constexpr std::size_t frame_bytes = 24;

}  // namespace

std::uint32_t room_within(std::size_t packet_bytes, const Outgoing& answer) noexcept {
    const auto taken = answer.topic.size() + answer.correlation.size() + frame_bytes;
    const auto whole =
        std::min<std::size_t>(packet_bytes, std::numeric_limits<std::uint32_t>::max());
    return whole > taken ? static_cast<std::uint32_t>(whole - taken) : 1;
}

Outlet::Outlet(const Options& options, ConnectionMetrics& metrics)
    : metrics_(metrics),
      outbox_(std::make_shared<Outbox>(options.queue, metrics.commands_queued,
                                       metrics.commands_dropped)) {}

std::uint32_t Outlet::room_for(const Outgoing& answer) const noexcept {
    return room_within(session_->packet_bytes(), answer);
}

void Outlet::answer(const Outgoing& command) noexcept {
    if (!session_->has_room() || !outbox_->is_empty()) {
        return outbox_->push({command.topic,
                              {command.payload.begin(), command.payload.end()},
                              {command.correlation.begin(), command.correlation.end()}});
    }
    publish(command);
}

void Outlet::drain() {
    while (session_->has_room()) {
        auto command = outbox_->pop();
        if (!command) return;
        publish({command->topic, command->payload, command->correlation});
    }
}

void Outlet::publish(const Outgoing& command) noexcept {
    const bool sent = session_->publish(command).ok();
    (sent ? metrics_.commands : metrics_.commands_dropped).add();
}

}  // namespace ajour::mqtt_client
