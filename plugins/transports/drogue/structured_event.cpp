// SPDX-License-Identifier: Apache-2.0
#include "structured_event.hpp"

#include "event_handler.hpp"

namespace ajour::drogue {
namespace {

using nlohmann::json;

sdk::Error malformed(std::string text) {
    return {sdk::ErrorKind::Malformed, std::move(text)};
}

void keep(std::string_view text, CloudEvent& event) {
    event.content.assign(text.begin(), text.end());
}

/// A status that a device wrote as JSON, which the cloud made a part of its own. It comes seldom,
/// so it is read twice.
void keep_json_data(std::string_view text, CloudEvent& event) {
    const auto document = json::parse(text, nullptr, false);
    const auto data = document.find("data");
    if (data == document.end()) return;
    keep(data->dump(-1, ' ', false, json::error_handler_t::replace), event);
}

}  // namespace

sdk::Result<Reading> read_structured(std::string_view text, const Routes& routes,
                                     CloudEvent& event) try {
    event.clear();
    EventHandler handler(event, routes);
    if (!json::sax_parse(text, &handler)) {
        if (handler.is_of_no_interest()) return Reading::NotOfInterest;
        return malformed(handler.problem());
    }
    if (event.data == CloudEvent::Data::Json && event.uplink_payload.empty()) {
        keep_json_data(text, event);
    }
    return Reading::Event;
} catch (const json::exception&) {
    return malformed("it cannot be read as JSON");
}

sdk::Result<Reading> read_json_data(sdk::ByteView data, CloudEvent& event) try {
    const auto text = sdk::text_of(data);
    event.data = CloudEvent::Data::None;
    EventHandler handler(event);
    if (!json::sax_parse(text, &handler)) return malformed("its data: " + handler.problem());
    if (event.data == CloudEvent::Data::Json) keep(text, event);
    return Reading::Event;
} catch (const json::exception&) {
    return malformed("its data cannot be read as JSON");
}

}  // namespace ajour::drogue
