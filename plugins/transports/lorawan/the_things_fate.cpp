// SPDX-License-Identifier: Apache-2.0
#include "base64.hpp"
#include "bounded.hpp"
#include "json_fields.hpp"
#include "the_things_ids.hpp"
#include "the_things_stack.hpp"

#include <utility>

namespace ajour::lorawan {
namespace {

/// One of the two, or neither.
struct Told {
    std::optional<std::uint64_t> sent_port, failed_port, room;
    std::string sent_payload, failed_payload, error, result;

    bool is_failed() const noexcept { return failed_port || !error.empty(); }
    bool is_sent() const noexcept { return sent_port && !is_failed(); }
};

sdk::Drop drop_of(const std::string& error) noexcept {
    if (error == "application_downlink_too_long") return sdk::Drop::TooLong;
    return error == "transmission" ? sdk::Drop::Gateway : sdk::Drop::Other;
}

void tell_of_failure(Fate& fate, const Told& told) {
    fate.kind = Fate::Kind::Dropped;
    fate.drop = drop_of(told.error);
    if (told.room) fate.room = bounded(*told.room);
    fate.words = printable(told.result.empty() ? told.error : told.error + " " + told.result);
}

sdk::Result<Fate> fate_of(const Told& told, std::string address) {
    Fate fate;
    fate.address = std::move(address);
    if (told.is_failed()) tell_of_failure(fate, told);
    if (told.is_sent()) fate.kind = Fate::Kind::Sent;
    const auto& port = told.is_failed() ? told.failed_port : told.sent_port;
    if (!port) return fate;
    fate.port = bounded(*port);
    sdk::Bytes payload;
    if (!base64::decode(told.is_failed() ? told.failed_payload : told.sent_payload, payload)) {
        return sdk::Error{sdk::ErrorKind::Malformed, "frm_payload is no base64"};
    }
    fate.bytes = payload.size();
    return fate;
}

}  // namespace

sdk::Result<Fate> read_things_fate(std::string_view body) {
    Told told;
    std::string device, application;
    const JsonField fields[] = {
        {"end_device_ids/device_id", &device},
        {"end_device_ids/application_ids/application_id", &application},
        {"downlink_sent/f_port", nullptr, &told.sent_port},
        {"downlink_sent/frm_payload", &told.sent_payload},
        {"downlink_failed/downlink/f_port", nullptr, &told.failed_port},
        {"downlink_failed/downlink/frm_payload", &told.failed_payload},
        {"downlink_failed/error/name", &told.error},
        {"downlink_failed/error/attributes/max", nullptr, &told.room},
        {"downlink_failed/error/attributes/result", &told.result},
    };
    if (auto read = read_fields(body, fields); !read) return read.error();
    if (auto checked = check_ids(application, device); !checked) return checked.error();
    return fate_of(told, things_address(application, device));
}

sdk::Result<Fate> TheThingsStack::read_fate(const Topic& topic, std::string_view body) const {
    auto fate = read_things_fate(body);
    if (!fate) return fate;
    const auto application = topic.application.substr(0, topic.application.rfind('@'));
    if (fate->address != things_address(application, topic.device)) {
        return sdk::Error{sdk::ErrorKind::Malformed, "it is of another device"};
    }
    return fate;
}

}  // namespace ajour::lorawan
