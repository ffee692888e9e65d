// SPDX-License-Identifier: Apache-2.0
#include "the_things_stack.hpp"

#include "base64.hpp"
#include "bounded.hpp"
#include "http_client/message.hpp"
#include "json_fields.hpp"
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
        if (fsk_rate == 50'000U) return lora::Modulation{};
        if (!factor || !bandwidth) return std::nullopt;
        return lora::Modulation{bounded(*factor), bounded(*bandwidth)};
    }
};

std::pair<string_view, string_view> split_tenant(string_view application) noexcept {
    const auto at = application.rfind('@');
    if (at == string_view::npos) return {application, {}};
    return {application.substr(0, at), application.substr(at + 1)};
}

/// Ids there have lower-case letters, digits and dashes, 36 at most.
bool is_id(string_view text) noexcept {
    return !text.empty() && text.size() <= 64 &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == text.npos;
}

sdk::Result<void> check_names(const Uplink& uplink) {
    if (!is_id(uplink.application)) return malformed("its application is no id");
    if (!is_id(uplink.device)) return malformed("its device is no id");
    return {};
}

}  // namespace

std::vector<std::string> TheThingsStack::filters(string_view application) const {
    return {"v3/" + std::string(application) + "/devices/+/up"};
}

Topic TheThingsStack::read_topic(string_view topic) const noexcept {
    const auto levels = levels_of<5>(topic);
    if (!levels || (*levels)[0] != "v3" || (*levels)[2] != "devices") return {};
    if ((*levels)[4] != "up") return {};
    return {Topic::Kind::Uplink, (*levels)[1], (*levels)[3]};
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
    if (auto checked = check_names(uplink); !checked) return checked.error();
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
