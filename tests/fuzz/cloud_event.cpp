// SPDX-License-Identifier: Apache-2.0
// Events, in both modes, as anybody may publish them.
#include "binary_event.hpp"
#include "event_time.hpp"
#include "structured_event.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace ajour;

void require(bool condition) {
    if (!condition) std::abort();
}

drogue::Routes routes() {
    return drogue::Routes({{"dfu"}, "ttn-gateway", {"223", "1"}, "223"});
}

void check(const sdk::Result<drogue::Reading>& reading, drogue::CloudEvent& event,
           std::size_t size) {
    if (!reading)
        return require(!reading.error().text.empty() && reading.error().text.size() < 300);
    require(event.content.size() <= 8 * size + 16);
    if (event.check()) require(!event.device.empty() && event.device.size() <= 255);
    (void)drogue::parse_time(event.time);
    auto found = routes();
    if (const auto* route = found.find(event.subject, event.sender))
        require(!route->command.empty());
}

void read_structured(std::string_view text) {
    drogue::CloudEvent event;
    const auto interest = routes();
    check(drogue::read_structured(text, interest, event), event, text.size());
}

void read_binary(std::string_view text) {
    const mqtt_client::UserProperties properties{
        {"specversion", "1.0"}, {"subject", "223"}, {"sender", "ttn-gateway"}, {"device", "dev"}};
    mqtt_client::Incoming message;
    message.payload = sdk::bytes_of(text);
    message.content_type = "application/json";
    message.user_properties = &properties;
    drogue::CloudEvent event;
    const auto interest = routes();
    check(drogue::read_binary(message, interest, event), event, text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    read_structured(text);
    read_binary(text);
    (void)drogue::parse_time(text);
    return 0;
}
