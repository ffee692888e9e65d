// SPDX-License-Identifier: Apache-2.0
#include "chirpstack.hpp"
#include "json_fields.hpp"

#include <charconv>

namespace ajour::lorawan {
namespace {

/// Of what the server writes as a text.
std::optional<std::uint32_t> number_in(const std::string& text) noexcept {
    std::uint32_t number = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    return number;
}

/// Of an event `log`. Ours are not encrypted and do not expire, so that no other code is of them.
struct Entry {
    std::string code, description, item_size, room;

    void tell(Fate& fate) const {
        if (code == "DOWNLINK_PAYLOAD_SIZE") {
            fate.kind = Fate::Kind::Dropped;
            fate.drop = sdk::Drop::TooLong;
            fate.bytes = number_in(item_size);
            fate.room = number_in(room);
        } else if (code == "DOWNLINK_GATEWAY") {
            fate.kind = Fate::Kind::Postponed;
            fate.drop = sdk::Drop::Gateway;
        }
        fate.words = printable(code + ", " + description);
    }
};

}  // namespace

sdk::Result<Fate> ChirpStack::read_fate(const Topic& topic, std::string_view body) const {
    Fate fate;
    Entry entry;
    std::string application;
    const JsonField fields[] = {
        {"deviceInfo/applicationId", &application},
        {"deviceInfo/devEui", &fate.address},
        {"code", &entry.code},
        {"description", &entry.description},
        {"context/item_size", &entry.item_size},
        {"context/max_payload_size", &entry.room},
    };
    if (auto read = read_fields(body, fields); !read) return read.error();
    if (fate.address != topic.device || application != topic.application) {
        return sdk::Error{sdk::ErrorKind::Malformed, "it is of another device"};
    }
    if (topic.event == sent_event) {
        fate.kind = Fate::Kind::Sent;
    } else {
        entry.tell(fate);
    }
    return fate;
}

}  // namespace ajour::lorawan
