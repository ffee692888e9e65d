// SPDX-License-Identifier: Apache-2.0
#include "turns.hpp"

#include "turn_reply.hpp"

namespace ajour::mqtt {
namespace {

constexpr std::size_t most_correlation_bytes = 1024;

}  // namespace

sdk::Result<mqtt_client::Wishes> Turns::wishes() {
    const auto& id = service_.options.client_id;
    mqtt_client::Wishes wishes;
    wishes.filters = service_.topics.filters();
    wishes.presence = {service_.topics.presence(), "online " + id, "offline " + id};
    return wishes;
}

void Turns::arrived(const Incoming& message) {
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
    status.room = service_.outlet.room_for({topic_, {}, message.correlation});
    mqtt_client::TurnReply reply(service_.outlet, topic_, message.correlation);
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

}  // namespace ajour::mqtt
