// SPDX-License-Identifier: Apache-2.0
#include "read_radio.hpp"

#include <charconv>
#include <optional>
#include <stdexcept>

namespace ajour::lorawan {
namespace {

void require(bool condition, const char* problem) {
    if (!condition) throw std::runtime_error(problem);
}

std::uint32_t number_of(const sdk::Settings& settings, std::string_view key) {
    return static_cast<std::uint32_t>(settings.integer(key));
}

lora::Windows read_windows(const sdk::Settings& settings) {
    const auto word = settings.text("region.window");
    if (word == "second") return lora::Windows::Second;
    return word == "both" ? lora::Windows::Both : lora::Windows::First;
}

/// Nothing: that of the region.
std::optional<std::uint32_t> read_second_data_rate(const sdk::Settings& settings,
                                                   lora::Region region) {
    const auto text = settings.text("region.rx2_data_rate");
    std::uint32_t rate = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), rate);
    if (read.ec != std::errc()) return std::nullopt;
    require(lora::is_downlink_data_rate(region, rate),
            "region.rx2_data_rate: expected one that downlinks of the region have");
    return rate;
}

void read_windows_of(lora::Radio& radio, const sdk::Settings& settings) {
    radio.offset = number_of(settings, "region.rx1_offset");
    require(radio.offset <= lora::offset_max(radio.region),
            "region.rx1_offset: expected at most 3 in US915, 5 in EU868 and AU915");
    radio.windows = read_windows(settings);
    radio.second_data_rate = read_second_data_rate(settings, radio.region);
    radio.second_below = number_of(settings, "region.rx2_below");
}

}  // namespace

lora::Radio read_radio(const sdk::Settings& settings) {
    lora::Radio radio;
    const auto region = lora::parse_region(settings.text("region"));
    require(region.has_value(), "region: expected EU868, US915, AS923, AU915 or IN865");
    radio.region = *region;
    radio.limits = {settings.boolean("region.repeaters"), settings.boolean("region.dwell"),
                    settings.text("region.revision") != "any"};
    read_windows_of(radio, settings);
    radio.payload_max = number_of(settings, "payload.max");
    return radio;
}

}  // namespace ajour::lorawan
