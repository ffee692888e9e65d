// SPDX-License-Identifier: Apache-2.0
#include "turns.hpp"

#include "turn_reply.hpp"

#include <algorithm>
#include <limits>

namespace ajour::mqtt {
namespace {

constexpr std::size_t most_correlation_bytes = 1024;
/// Of a PUBLISH beside topic, payload and correlation data: header, lengths, message number.
constexpr std::size_t frame_bytes = 24;

}  // namespace

Turns::Turns(const Service& service)
    : service_(service),
      outbox_(std::make_shared<Outbox>(service.options.queue, service.metrics.commands_queued,
                                       service.metrics.commands_dropped)) {}

void Turns::take(const Incoming& message) {
    auto& metrics = service_.metrics;
    metrics.statuses.add();
    if (message.retained) return metrics.statuses_retained.add();
    const auto route = service_.topics.read(message.topic);
    if (!route || !is_sound(message)) return metrics.statuses_malformed.add();
    submit(message, *route);
}

bool Turns::is_sound(const Incoming& message) const noexcept {
    return !message.payload.empty() && message.payload.size() <= service_.options.packet_bytes &&
           message.correlation.size() <= most_correlation_bytes;
}

void Turns::submit(const Incoming& message, const Topics::Route& route) {
    choose_topic(message, route);
    sdk::Message status;
    status.device = {route.names.application, route.names.device};
    status.sender = {route.names.application, route.names.sender};
    status.payload = message.payload;
    status.room = room_for({topic_, {}, message.correlation});
    TurnReply reply(*this, topic_, message.correlation);
    service_.inbox.submit(status, reply);
}

void Turns::choose_topic(const Incoming& message, const Topics::Route& route) {
    route.command->write(route.names, topic_);
    if (message.response_topic.empty()) return;
    if (service_.topics.may_answer(message.response_topic, route.names)) {
        topic_ = message.response_topic;
    } else {
        service_.metrics.responses_refused.add();
    }
}

std::uint32_t Turns::room_for(const Outgoing& answer) const noexcept {
    const auto taken = answer.topic.size() + answer.correlation.size() + frame_bytes;
    const auto whole =
        std::min<std::size_t>(session_->packet_bytes(), std::numeric_limits<std::uint32_t>::max());
    return whole > taken ? static_cast<std::uint32_t>(whole - taken) : 1;
}

void Turns::answer(const Outgoing& command) noexcept {
    if (!session_->has_room() || !outbox_->is_empty()) {
        return outbox_->push({command.topic,
                              {command.payload.begin(), command.payload.end()},
                              {command.correlation.begin(), command.correlation.end()}});
    }
    publish(command);
}

void Turns::drain() {
    while (session_->has_room()) {
        auto command = outbox_->pop();
        if (!command) return;
        publish({command->topic, command->payload, command->correlation});
    }
}

void Turns::publish(const Outgoing& command) noexcept {
    const bool sent = session_->publish(command).ok();
    (sent ? service_.metrics.commands : service_.metrics.commands_dropped).add();
}

}  // namespace ajour::mqtt
