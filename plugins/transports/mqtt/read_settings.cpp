// SPDX-License-Identifier: Apache-2.0
#include "read_settings.hpp"

#include <stdexcept>
#include <utility>

namespace ajour::mqtt {

Topics read_topics(const sdk::Settings& settings) {
    TopicSettings topics;
    topics.status = settings.text("topic.status");
    topics.command = settings.text("topic.command");
    topics.gateways = settings.boolean("gateways");
    topics.gateway_status = settings.text("topic.gateway.status");
    topics.gateway_command = settings.text("topic.gateway.command");
    topics.response = settings.text("topic.response");
    topics.presence = settings.text("topic.presence");
    topics.group = settings.text("group");
    auto made = Topics::from(topics);
    if (!made) throw std::runtime_error(made.error().text);
    return std::move(*made);
}

}  // namespace ajour::mqtt
