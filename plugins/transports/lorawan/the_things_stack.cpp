// SPDX-License-Identifier: Apache-2.0
#include "the_things_stack.hpp"

#include "base64.hpp"
#include "bounded.hpp"
#include "http_client/message.hpp"
#include "json_fields.hpp"
#include "the_things_ids.hpp"
#include "topic_levels.hpp"

#include <utility>

namespace ajour::lorawan {
namespace {

using std::string_view;

sdk::Error malformed(std::string text) {
    return {sdk::ErrorKind::Malformed, std::move(text)};
}

/// Numbers that are left out are 0, as the server writes them.
struct Radio {
    std::optional<std::uint64_t> factor, bandwidth, fsk_rate;

    std::optional<lora::Modulation> modulation() const {
        if (fsk_rate == lora::fsk_bit_rate) return lora::Modulation{};
        if (!factor || !bandwidth) return std::nullopt;
        return lora::Modulation{bounded(*factor), bounded(*bandwidth)};
    }
};

std::pair<string_view, string_view> split_tenant(string_view application) noexcept {
    const auto at = application.rfind('@');
    if (at == string_view::npos) return {application, {}};
    return {application.substr(0, at), application.substr(at + 1)};
}

}  // namespace

std::vector<std::string> TheThingsStack::filters(string_view application) const {
    return {"v3/" + std::string(application) + "/devices/+/up"};
}

std::vector<std::string> TheThingsStack::spare_filters(string_view application) const {
    const auto begin = "v3/" + std::string(application) + "/devices/+/down/";
    return {begin + "sent", begin + "failed"};
}

Topic TheThingsStack::read_topic(string_view topic) const noexcept {
    if (const auto up = levels_of<5>(topic)) {
        const auto& [version, application, devices, device, event] = *up;
        if (version != "v3" || devices != "devices" || event != "up") return {};
        return {Topic::Kind::Uplink, application, device, event};
    }
    const auto levels = levels_of<6>(topic);
    if (!levels) return {};
    const auto& [version, application, devices, device, down, event] = *levels;
    if (version != "v3" || devices != "devices" || down != "down") return {};
    if (event != "sent" && event != "failed") return {};
    return {Topic::Kind::Fate, application, device, event};
}

sdk::Result<Uplink> TheThingsStack::read(const Topic& topic, string_view body) const {
    auto uplink = read_things_uplink(body);
    if (!uplink) return uplink;
    const auto [application, tenant] = split_tenant(topic.application);
    if (uplink->application != application) return malformed("it is of another application");
    if (uplink->device != topic.device) return malformed("it is of another device");
    uplink->tenant = tenant;
    uplink->application_id = topic.application;
    return uplink;
}

sdk::Result<Uplink> read_things_uplink(string_view body) {
    Uplink uplink;
    std::optional<std::uint64_t> port;
    std::string payload;
    Radio radio;
    const JsonField fields[] = {
        {"end_device_ids/device_id", &uplink.device},
        {"end_device_ids/application_ids/application_id", &uplink.application},
        {"end_device_ids/dev_eui", &uplink.device_eui},
        {"uplink_message/f_port", nullptr, &port},
        {"uplink_message/frm_payload", &payload},
        {"uplink_message/settings/data_rate/lora/spreading_factor", nullptr, &radio.factor},
        {"uplink_message/settings/data_rate/lora/bandwidth", nullptr, &radio.bandwidth},
        {"uplink_message/settings/data_rate/fsk/bit_rate", nullptr, &radio.fsk_rate},
    };
    if (auto read = read_fields(body, fields); !read) return read.error();
    uplink.application_id = uplink.application;
    uplink.port = bounded(port.value_or(0));
    uplink.modulation = radio.modulation();
    if (auto checked = check_ids(uplink.application, uplink.device); !checked) {
        return checked.error();
    }
    uplink.address = things_address(uplink.application, uplink.device);
    if (!base64::decode(payload, uplink.payload)) return malformed("frm_payload is no base64");
    return uplink;
}

std::string TheThingsStack::downlink_topic(const Uplink& uplink) const {
    return "v3/" + uplink.application_id + "/devices/" + uplink.device + "/down/replace";
}

std::string TheThingsStack::downlink_body(const std::string&, std::uint32_t port,
                                          sdk::ByteView payload) const {
    return R"({"downlinks":[{"f_port":)" + std::to_string(port) + R"(,"frm_payload":")" +
           base64::encode(sdk::text_of(payload)) + R"(","priority":"NORMAL"}]})";
}

std::string things_downlink_path(const Uplink& uplink, string_view webhook) {
    using http_client::percent_encoded;
    return "/api/v3/as/applications/" + percent_encoded(uplink.application) + "/webhooks/" +
           percent_encoded(webhook) + "/devices/" + percent_encoded(uplink.device) +
           "/down/replace";
}

}  // namespace ajour::lorawan
