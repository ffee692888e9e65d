// SPDX-License-Identifier: Apache-2.0
#include "feed.hpp"

namespace ajour::lorawan {

sdk::Result<mqtt_client::Wishes> Feed::wishes() {
    const auto& network = uplinks_.downlinks().network();
    mqtt_client::Wishes wishes;
    for (const auto& application : applications_) {
        for (auto& filter : network.filters(application)) {
            wishes.filters.push_back(std::move(filter));
        }
        for (auto& filter : network.spare_filters(application)) {
            wishes.spare_filters.push_back(std::move(filter));
        }
    }
    return wishes;
}

void Feed::not_granted(const std::string& filter, const std::string& why) {
    host_.log(sdk::LogLevel::Warning, "the network server refuses the subscription to " + filter +
                                          ": " + why + "; what becomes of downlinks stays unknown");
}

void Feed::arrived(const mqtt_client::Incoming& message) {
    const auto& network = uplinks_.downlinks().network();
    const auto topic = network.read_topic(message.topic);
    if (topic.kind == Topic::Kind::Other || message.retained) {
        metrics_.uplinks.add();
        return metrics_.uplinks_other.add();
    }
    if (topic.kind == Topic::Kind::Fate) {
        return uplinks_.downlinks().settle(network.read_fate(topic, sdk::text_of(message.payload)));
    }
    uplinks_.take(network.read(topic, sdk::text_of(message.payload)), courier_,
                  [&](const Uplink& uplink) { return network.downlink_topic(uplink); });
}

}  // namespace ajour::lorawan
