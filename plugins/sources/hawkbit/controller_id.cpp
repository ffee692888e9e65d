// SPDX-License-Identifier: Apache-2.0
#include "controller_id.hpp"

#include "json.hpp"

#include <algorithm>

namespace ajour::hawkbit {

namespace {

constexpr std::size_t LongestId = 256;
constexpr std::size_t LongestPattern = 256;

bool is_allowed(char c) {
    return c > 0x20 && c < 0x7f && c != '/' && c != '\\' && c != ';' && c != '%';
}

}  // namespace

bool is_controller_id(std::string_view text) noexcept {
    return !text.empty() && text.size() <= LongestId && text != "." && text != ".." &&
           std::all_of(text.begin(), text.end(), is_allowed);
}

std::string replaced(std::string text, std::string_view word, std::string_view value) {
    const auto braced = "{" + std::string(word) + "}";
    for (auto at = text.find(braced); at != std::string::npos;
         at = text.find(braced, at + value.size())) {
        text.replace(at, braced.size(), value);
    }
    return text;
}

sdk::Result<std::string> controller_id(std::string_view pattern, const sdk::DeviceId& device) {
    auto pieces = std::string(pattern.substr(0, LongestPattern + 1));
    std::string id;
    // Not one after the other: a device may be named "{application}".
    while (id.size() <= LongestId && !pieces.empty()) {
        if (pieces.starts_with("{application}")) {
            id += device.application;
            pieces.erase(0, 13);
        } else if (pieces.starts_with("{device}")) {
            id += device.device;
            pieces.erase(0, 8);
        } else {
            id += pieces.front();
            pieces.erase(0, 1);
        }
    }
    if (is_controller_id(id)) return id;
    return malformed("the controller id is \"" + printable(id, 60) + "\", expected 1 to " +
                     std::to_string(LongestId) +
                     " visible ASCII characters without / \\ ; % (see source.hawkbit.controller)");
}

}  // namespace ajour::hawkbit
