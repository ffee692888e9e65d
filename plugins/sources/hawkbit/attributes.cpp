// SPDX-License-Identifier: Apache-2.0
#include "attributes.hpp"

#include "json.hpp"

#include <algorithm>
#include <cstdint>

namespace ajour::hawkbit {

namespace {

constexpr std::size_t AttributesMax = 100;
constexpr std::size_t LongestText = 128;
constexpr const char* Build = "0.1.0";

/// Printable ASCII without ~ and `.
std::string safe(std::string_view text) {
    std::string made(text.substr(0, LongestText));
    std::replace_if(
        made.begin(), made.end(),
        [](char c) { return c < 0x20 || c > 0x7e || c == '~' || c == '`'; }, '_');
    return made;
}

}  // namespace

Attributes attributes_of(const sdk::DeviceId& device, const std::string& version,
                         const std::map<std::string, std::string>& labels) {
    Attributes attributes;
    attributes.emplace("application", safe(device.application));
    attributes.emplace("device", safe(device.device));
    attributes.emplace("ajour", Build);
    if (!version.empty()) attributes.emplace("version", safe(version));
    for (const auto& [name, value] : labels) {
        if (attributes.size() == AttributesMax) break;
        if (!name.empty() && name != "version") attributes.emplace(safe(name), safe(value));
    }
    return attributes;
}

std::string attributes_body(const Attributes& attributes) {
    return text_of(Json{{"mode", "merge"}, {"data", attributes}});
}

std::string stamp_of(std::string_view body) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : body) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
    return std::to_string(hash);
}

}  // namespace ajour::hawkbit
