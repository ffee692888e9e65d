// SPDX-License-Identifier: Apache-2.0
#include "statuses.hpp"

#include "airtime_inbox.hpp"
#include "base64.hpp"
#include "binary_event.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace ajour::drogue {
namespace {

sdk::Error malformed(std::string text) {
    return {sdk::ErrorKind::Malformed, std::move(text)};
}

}  // namespace

void Statuses::take(std::string_view application, const mqtt_client::Incoming& message) {
    metrics_.events.add();
    const auto reading = read(message);
    if (!reading) return count_unreadable(application, reading.error());
    if (*reading == Reading::NotOfInterest) return metrics_.events_other.add();
    if (const auto checked = event_.check(); !checked) {
        return count_unreadable(application, checked.error());
    }
    const auto* route = routes_.find(event_.subject, event_.sender);
    if (route == nullptr) return metrics_.events_other.add();
    if (const auto taken = take_status(application, *route); !taken) {
        count_unreadable(application, taken.error());
    }
}

sdk::Result<Reading> Statuses::read(const mqtt_client::Incoming& message) {
    if (message.payload.size() > rules_.event_bytes) return malformed("it is over its bound");
    if (is_binary_event(message)) return read_binary(message, routes_, event_);
    return read_structured(sdk::text_of(message.payload), routes_, event_);
}

sdk::Result<void> Statuses::take_status(std::string_view application, const Route& route) {
    if (auto checked = check_application(application); !checked) return checked;
    const auto stale = is_stale();
    if (!stale) return stale.error();
    if (*stale) return metrics_.events_stale.add(), sdk::Result<void>();
    if (auto unwrapped = unwrap(route); !unwrapped) return unwrapped;
    submit(application, route);
    return {};
}

sdk::Result<void> Statuses::check_application(std::string_view application) const {
    if (event_.application.empty() || event_.application == application) return {};
    return malformed("it is of another application");
}

sdk::Result<bool> Statuses::is_stale() const {
    if (event_.time.empty()) return false;
    const auto time = parse_time(event_.time);
    if (!time) return malformed("its time is none of RFC 3339");
    using std::chrono::system_clock;
    const auto now = std::chrono::floor<std::chrono::milliseconds>(system_clock::now());
    return rules_.freshness.is_stale(*time, now);
}

/// What the device sent, without what the network put around it.
sdk::Result<void> Statuses::unwrap(const Route& route) {
    if (route.lora && !event_.uplink_payload.empty()) {
        if (!base64::decode(event_.uplink_payload, event_.content)) {
            return malformed("its frm_payload is no base64");
        }
    } else if (route.lora && event_.data == CloudEvent::Data::Json) {
        return malformed("it has no uplink_message.frm_payload");
    }
    if (event_.data == CloudEvent::Data::Scalar) return malformed("its data is no text or object");
    if (event_.content.empty()) return malformed("it has no data");
    return {};
}

void Statuses::submit(std::string_view application, const Route& route) {
    const Address address{application, event_.device, route.command};
    if (!delivery_.reaches(address)) {
        metrics_.events_unaddressable.add();
        return host_.log(
            sdk::LogLevel::Warning,
            "a device of " + std::string(application) +
                " has a name with /, + or #, which no command by MQTT can be sent to: " +
                event_.device.substr(0, 80));
    }
    sdk::Message status;
    status.device = {application, event_.device};
    status.sender = {application, event_.sender.empty() ? event_.device : event_.sender};
    status.payload = event_.content;
    if (route.lora) return submit_lora(status, address);
    delivery_.submit(status, address, inbox_);
}

void Statuses::submit_lora(sdk::Message& status, const Address& address) {
    const auto window = lora_window();
    status.room = std::max(window.bytes, 1U);  // 0 would be no bound
    status.pace = airtime_->pace(window);
    lora::AirtimeInbox inbox(inbox_, airtime_, sdk::DeviceId(status.device), window);
    delivery_.submit(status, address, inbox);
}

/// The payload alone comes without its data rate.
lora::Window Statuses::lora_window() const noexcept {
    lora::Received uplink;
    if (event_.spreading_factor != 0) {
        uplink.modulation = {event_.spreading_factor, event_.bandwidth};
    } else if (event_.bit_rate == lora::fsk_bit_rate) {
        uplink.modulation = lora::Modulation{};
    }
    return lora::window_after(uplink, rules_.radio);
}

void Statuses::count_unreadable(std::string_view application, const sdk::Error& error) {
    metrics_.events_unreadable.add();
    host_.log(sdk::LogLevel::Warning,
              "passed over an event of " + std::string(application) + ": " + error.text);
}

}  // namespace ajour::drogue
