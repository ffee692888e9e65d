// SPDX-License-Identifier: Apache-2.0
// Uplinks of both network servers, and topics, as anybody may publish them.
#include "air_time.hpp"
#include "answer_window.hpp"
#include "chirpstack.hpp"
#include "name_pattern.hpp"
#include "the_things_stack.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace ajour;

void require(bool condition) {
    if (!condition) std::abort();
}

void check_window(const lorawan::Uplink& uplink) {
    for (const auto region : {lora::Region::EU868, lora::Region::US915, lora::Region::AS923,
                              lora::Region::AU915, lora::Region::IN865}) {
        for (const auto windows : {lora::Windows::First, lora::Windows::Both}) {
            for (const bool dwell : {false, true}) {
                const auto window = lora::window_after({uplink.modulation, uplink.data_rate},
                                                       {region, {true, dwell}, 2, 242, windows});
                require(window.bytes >= 11 && window.bytes <= 222);
                require(lora::downlink_air_time(window.modulation, window.bytes).count() > 0);
            }
        }
    }
}

void check(const sdk::Result<lorawan::Uplink>& uplink, std::size_t size) {
    if (!uplink) {
        return require(!uplink.error().text.empty() && uplink.error().text.size() < 200);
    }
    require(uplink->payload.size() <= size);
    check_window(*uplink);
    const auto name = lorawan::NamePattern::parse("{application}-{device}")->name_of(*uplink);
    if (name) require(!name->empty() && name->size() <= 255);
}

void check(const sdk::Result<lorawan::Fate>& fate) {
    if (!fate) return require(!fate.error().text.empty() && fate.error().text.size() < 200);
    require(fate->words.size() <= 80);
    for (const char c : fate->words) require(c >= ' ' && c <= '~');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check(lorawan::read_things_uplink(text), size);
    const lorawan::ChirpStack chirpstack;
    check(chirpstack.read({lorawan::Topic::Kind::Uplink, "3f6a", "0102030405060708", "up"}, text),
          size);
    check(lorawan::read_things_fate(text));
    for (const auto* event : {"log", "txack"}) {
        check(chirpstack.read_fate({lorawan::Topic::Kind::Fate, "3f6a", "0102030405060708", event},
                                   text));
    }
    (void)chirpstack.read_topic(text);
    (void)lorawan::TheThingsStack{}.read_topic(text);
    (void)lorawan::NamePattern::parse(text);
    return 0;
}
