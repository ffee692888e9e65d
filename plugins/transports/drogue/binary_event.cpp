// SPDX-License-Identifier: Apache-2.0
#include "binary_event.hpp"

#include <algorithm>
#include <string_view>

namespace ajour::drogue {
namespace {

/// Whether a media type is JSON (RFC 6838 section 4.2.8), as the cloud writes it.
bool is_json(std::string_view type) noexcept {
    type = type.substr(0, type.find(';'));
    return type == "application/json" || type == "text/json" || type.ends_with("+json");
}

}  // namespace

bool is_binary_event(const mqtt_client::Incoming& message) noexcept {
    const auto* properties = message.user_properties;
    return properties != nullptr && std::ranges::any_of(*properties, [](const auto& property) {
               return property.first == "specversion";
           });
}

sdk::Result<Reading> read_binary(const mqtt_client::Incoming& message, const Routes& routes,
                                 CloudEvent& event) {
    event.clear();
    for (const auto& [name, value] : *message.user_properties) {
        if (auto* attribute = event.attribute(name)) *attribute = value;
    }
    if (routes.has_none_for(event.subject)) return Reading::NotOfInterest;
    if (message.payload.empty()) return Reading::Event;
    event.data = CloudEvent::Data::Bytes;
    if (is_json(message.content_type)) return read_json_data(message.payload, event);
    event.content.assign(message.payload.begin(), message.payload.end());
    return Reading::Event;
}

}  // namespace ajour::drogue
