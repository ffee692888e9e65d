// SPDX-License-Identifier: Apache-2.0
#include "chirpstack.hpp"

#include "base64.hpp"
#include "bounded.hpp"
#include "json_fields.hpp"
#include "topic_levels.hpp"
#include "topic_name.hpp"

#include <algorithm>
#include <utility>

namespace ajour::lorawan {
namespace {

using std::string_view;

sdk::Error malformed(std::string text) {
    return {sdk::ErrorKind::Malformed, std::move(text)};
}

bool is_eui(string_view text) noexcept {
    return text.size() == 16 && text.find_first_not_of("0123456789abcdefABCDEF") == text.npos;
}

sdk::Result<void> check_names(const Uplink& uplink, const Topic& topic) {
    if (!is_eui(uplink.device_eui)) return malformed("deviceInfo/devEui has not 16 digits");
    if (uplink.device_eui != topic.device) return malformed("it is of another device");
    if (uplink.application_id != topic.application) {
        return malformed("it is of another application");
    }
    if (!mqtt_client::is_name(uplink.application_id)) {
        return malformed("its application is no name");
    }
    return {};
}

}  // namespace

std::vector<std::string> ChirpStack::filters(string_view application) const {
    const auto begin = "application/" + std::string(application) + "/device/+/event/";
    return {begin + "up", begin + "txack"};
}

std::vector<std::string> ChirpStack::spare_filters(string_view application) const {
    return {"application/" + std::string(application) + "/device/+/event/log"};
}

Topic ChirpStack::read_topic(string_view topic) const noexcept {
    const auto levels = levels_of<6>(topic);
    if (!levels) return {};
    const auto& [begin, application, devices, device, events, event] = *levels;
    if (begin != "application" || devices != "device" || events != "event") return {};
    if (event == "up") return {Topic::Kind::Uplink, application, device, event};
    if (event == sent_event || event == "log") {
        return {Topic::Kind::Fate, application, device, event};
    }
    return {};
}

sdk::Result<Uplink> ChirpStack::read(const Topic& topic, string_view body) const {
    Uplink uplink;
    std::optional<std::uint64_t> port, data_rate, factor, bandwidth;
    std::string payload;
    const JsonField fields[] = {
        {"deviceInfo/tenantName", &uplink.tenant},
        {"deviceInfo/applicationName", &uplink.application},
        {"deviceInfo/applicationId", &uplink.application_id},
        {"deviceInfo/deviceName", &uplink.device},
        {"deviceInfo/devEui", &uplink.device_eui},
        {"fPort", nullptr, &port},
        {"dr", nullptr, &data_rate},
        {"data", &payload},
        {"txInfo/modulation/lora/spreadingFactor", nullptr, &factor},
        {"txInfo/modulation/lora/bandwidth", nullptr, &bandwidth},
    };
    if (auto read = read_fields(body, fields); !read) return read.error();
    if (auto checked = check_names(uplink, topic); !checked) return checked.error();
    if (!base64::decode(payload, uplink.payload)) return malformed("data is no base64");
    uplink.address = uplink.device_eui;
    uplink.port = bounded(port.value_or(0));
    if (data_rate) uplink.data_rate = bounded(*data_rate);
    if (factor && bandwidth) uplink.modulation = {bounded(*factor), bounded(*bandwidth)};
    return uplink;
}

std::string ChirpStack::downlink_topic(const Uplink& uplink) const {
    return "application/" + uplink.application_id + "/device/" + uplink.device_eui +
           "/command/down";
}

std::string ChirpStack::downlink_body(const std::string& device_eui, std::uint32_t port,
                                      sdk::ByteView payload) const {
    return R"({"devEui":")" + device_eui + R"(","confirmed":false,"fPort":)" +
           std::to_string(port) + R"(,"data":")" + base64::encode(sdk::text_of(payload)) + "\"}";
}

}  // namespace ajour::lorawan
