// SPDX-License-Identifier: Apache-2.0
#include "mqtt_delivery.hpp"

#include "topic_name.hpp"
#include "turn_reply.hpp"

#include <algorithm>
#include <chrono>

namespace ajour::drogue {

bool MqttDelivery::reaches(const Address& address) {
    for (const auto name : {address.application, address.device, address.command}) {
        if (!mqtt_client::is_name(name)) return false;
    }
    topic_ = "command/";
    topic_.append(address.application)
        .append("/")
        .append(address.device)
        .append("/")
        .append(address.command);
    return true;
}

void MqttDelivery::submit(sdk::Message& status, const Address&, sdk::Inbox& inbox) {
    if (service_.suspects.must_wait(topic_, std::chrono::steady_clock::now())) {
        return service_.metrics.events_withheld.add();
    }
    status.room = status.room == 0 ? room() : std::min(status.room, room());
    mqtt_client::TurnReply reply(service_.outlet, topic_, {});
    inbox.submit(status, reply);
}

std::uint32_t MqttDelivery::room() const noexcept {
    // What the broker says is of its own packets; behind it is the cloud's bound.
    return std::min(service_.outlet.room_for({topic_, {}, {}}),
                    mqtt_client::room_within(service_.packet_bytes, {topic_, {}, {}}));
}

}  // namespace ajour::drogue
