// SPDX-License-Identifier: Apache-2.0
#include "fleet/progress_text.hpp"

#include <cstdio>

namespace ajour::fleet {

namespace {

std::string percent(std::uint32_t offset, std::uint32_t size) {
    char text[32];
    const auto share = size == 0 ? 0.0 : 100.0 * offset / size;
    std::snprintf(text, sizeof text, "%.2f", share);
    return text;
}

bool is_slow(const Forecast& forecast) {
    if (forecast.delay || forecast.drop) return true;
    if (forecast.blocks == 0 || forecast.by == Forecast::By::Unknown) return false;
    return !forecast.rest || *forecast.rest >= std::chrono::minutes(1);
}

void append(std::string& text, std::string_view separator, const std::string& more) {
    if (!text.empty() && !more.empty()) text += separator;
    text += more;
}

std::string what_is_left(const Forecast& forecast, Moment at) {
    if (forecast.blocks == 0) return {};
    auto text = std::to_string(forecast.blocks);
    text += forecast.blocks == 1 ? " block left" : " blocks left";
    return forecast.rest ? text + " until " + time_text(at + *forecast.rest) : text;
}

std::string what_it_waits_for(const Forecast& forecast, Moment at) {
    if (!forecast.delay) return {};
    const auto& [share, rest] = *forecast.delay;
    const auto whose = std::string(text_of(share));
    const std::string what = forecast.blocks > 0 ? "the next " : "the swap ";
    if (!rest) return what + "never fits into the air time of " + whose;
    return what + "waits for air time of " + whose + " until " + time_text(at + *rest) + ", " +
           span_text(*rest);
}

std::string what_was_not_sent(const Forecast& forecast) {
    if (!forecast.drop) return {};
    return "the network has not sent the last command: " + std::string(text_of(*forecast.drop));
}

}  // namespace

std::string progress_text(std::uint32_t offset, std::uint32_t size, const Forecast& forecast,
                          Moment at) {
    const auto number = percent(offset, size);
    if (!is_slow(forecast)) return number;
    auto text = number + " %";
    append(text, ", ", what_is_left(forecast, at));
    append(text, ", ", pace_text(forecast, at));
    return text;
}

std::string pace_text(const Forecast& forecast, Moment at) {
    std::string text;
    if (forecast.rest) text = "a block in " + span_text(forecast.each);
    if (forecast.rest && forecast.by == Forecast::By::Budget) text += " as air time allows";
    append(text, "; ", what_it_waits_for(forecast, at));
    append(text, "; ", what_was_not_sent(forecast));
    return text;
}

std::string_view text_of(sdk::Delay::Share share) noexcept {
    switch (share) {
        case sdk::Delay::Share::Device:
            return "the device";
        case sdk::Delay::Share::Application:
            return "its application";
        case sdk::Delay::Share::Band:
            break;
    }
    return "the band";
}

std::string_view text_of(sdk::Drop drop) noexcept {
    switch (drop) {
        case sdk::Drop::TooLong:
            return "it is too long for the data rate";
        case sdk::Drop::Gateway:
            return "no gateway could";
        case sdk::Drop::Other:
            break;
    }
    return "the log says why";
}

}  // namespace ajour::fleet
