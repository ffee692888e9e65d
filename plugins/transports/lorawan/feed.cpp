// SPDX-License-Identifier: Apache-2.0
#include "feed.hpp"

namespace ajour::lorawan {

sdk::Result<mqtt_client::Wishes> Feed::wishes() {
    mqtt_client::Wishes wishes;
    for (const auto& application : applications_) {
        for (auto& filter : uplinks_.downlinks().network().filters(application)) {
            wishes.filters.push_back(std::move(filter));
        }
    }
    return wishes;
}

void Feed::arrived(const mqtt_client::Incoming& message) {
    const auto& network = uplinks_.downlinks().network();
    const auto topic = network.read_topic(message.topic);
    if (topic.kind == Topic::Kind::Sent) {
        return uplinks_.downlinks().gone(std::string(topic.device));
    }
    if (topic.kind == Topic::Kind::Other || message.retained) {
        metrics_.uplinks.add();
        return metrics_.uplinks_other.add();
    }
    uplinks_.take(network.read(topic, sdk::text_of(message.payload)), courier_,
                  [&](const Uplink& uplink) { return network.downlink_topic(uplink); });
}

}  // namespace ajour::lorawan
