// SPDX-License-Identifier: Apache-2.0
#include "read_radio.hpp"

#include <charconv>
#include <optional>
#include <stdexcept>

namespace ajour::lora {
namespace {

/// The settings of a region, whose keys begin alike.
class RegionSettings {
public:
    RegionSettings(const sdk::Settings& settings, const std::string& prefix)
        : settings_(settings), prefix_(prefix) {}

    std::string text(const char* key) const { return settings_.text(prefix_ + key); }
    bool boolean(const char* key) const { return settings_.boolean(prefix_ + key); }
    std::uint32_t number(const char* key) const {
        return static_cast<std::uint32_t>(settings_.integer(prefix_ + key));
    }
    void require(bool condition, const char* problem) const {
        if (!condition) throw std::runtime_error(prefix_ + problem);
    }

private:
    const sdk::Settings& settings_;
    const std::string& prefix_;
};

Windows read_windows(const RegionSettings& settings) {
    const auto word = settings.text("region.window");
    if (word == "second") return Windows::Second;
    return word == "both" ? Windows::Both : Windows::First;
}

/// Nothing: that of the region.
std::optional<std::uint32_t> read_second_data_rate(const RegionSettings& settings, Region region) {
    const auto text = settings.text("region.rx2_data_rate");
    std::uint32_t rate = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), rate);
    if (read.ec != std::errc()) return std::nullopt;
    settings.require(is_downlink_data_rate(region, rate),
                     "region.rx2_data_rate: expected one that downlinks of the region have");
    return rate;
}

void read_windows_of(Radio& radio, const RegionSettings& settings) {
    radio.offset = settings.number("region.rx1_offset");
    settings.require(radio.offset <= offset_max(radio.region),
                     "region.rx1_offset: expected at most 3 in US915, 5 in EU868 and AU915");
    radio.windows = read_windows(settings);
    radio.second_data_rate = read_second_data_rate(settings, radio.region);
    radio.second_below = settings.number("region.rx2_below");
}

}  // namespace

Radio read_radio(const sdk::Settings& all, const std::string& prefix) {
    const RegionSettings settings(all, prefix);
    Radio radio;
    const auto region = parse_region(settings.text("region"));
    settings.require(region.has_value(), "region: expected EU868, US915, AS923, AU915 or IN865");
    radio.region = *region;
    radio.limits = {settings.boolean("region.repeaters"), settings.boolean("region.dwell"),
                    settings.text("region.revision") != "any"};
    read_windows_of(radio, settings);
    radio.payload_max = settings.number("payload.max");
    return radio;
}

}  // namespace ajour::lora
