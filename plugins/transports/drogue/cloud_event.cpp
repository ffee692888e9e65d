// SPDX-License-Identifier: Apache-2.0
#include "cloud_event.hpp"

#include "name.hpp"

namespace ajour::drogue {
namespace {

struct Attribute {
    std::string_view name;
    std::string CloudEvent::*text;
};

constexpr Attribute attributes[] = {
    {"subject", &CloudEvent::subject},
    {"device", &CloudEvent::device},
    {"application", &CloudEvent::application},
    {"sender", &CloudEvent::sender},
    {"time", &CloudEvent::time},
    {"id", &CloudEvent::id},
    {"type", &CloudEvent::type},
    {"source", &CloudEvent::source},
    {"specversion", &CloudEvent::specversion},
};

}  // namespace

std::string* CloudEvent::attribute(std::string_view name) noexcept {
    for (const auto& each : attributes) {
        if (each.name == name) return &(this->*each.text);
    }
    return nullptr;
}

void CloudEvent::clear() noexcept {
    for (const auto& each : attributes) (this->*each.text).clear();
    uplink_payload.clear();
    data = Data::None;
    content.clear();
    spreading_factor = 0;
    bandwidth = 0;
    bit_rate = 0;
}

sdk::Result<void> CloudEvent::check() const {
    const auto wrong = [](std::string text) {
        return sdk::Error{sdk::ErrorKind::Malformed, std::move(text)};
    };
    if (specversion != "1.0") return wrong("its specversion is not 1.0");
    if (id.empty()) return wrong("it has no id");
    if (type.empty()) return wrong("it has no type");
    if (source.empty()) return wrong("it has no source");
    if (!sender::is_name(device)) return wrong("its device is no name");
    if (!sender.empty() && !sender::is_name(sender)) return wrong("its sender is no name");
    return {};
}

}  // namespace ajour::drogue
