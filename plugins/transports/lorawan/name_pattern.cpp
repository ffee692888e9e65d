// SPDX-License-Identifier: Apache-2.0
#include "name_pattern.hpp"

#include "name.hpp"

namespace ajour::lorawan {
namespace {

struct Word {
    std::string_view name;
    std::string Uplink::*part;
};

constexpr Word words[] = {
    {"application", &Uplink::application}, {"application_id", &Uplink::application_id},
    {"tenant", &Uplink::tenant},           {"device", &Uplink::device},
    {"device_eui", &Uplink::device_eui},
};

std::string Uplink::*part_of(std::string_view name) noexcept {
    for (const auto& word : words) {
        if (word.name == name) return word.part;
    }
    return nullptr;
}

}  // namespace

sdk::Result<NamePattern> NamePattern::parse(std::string_view text) {
    NamePattern pattern;
    while (!text.empty()) {
        const auto open = text.find('{');
        const auto close = text.find('}');
        if (open == text.npos && close == text.npos) break;
        const bool is_word = open != text.npos && close != text.npos && open < close;
        const auto part = !is_word ? nullptr : part_of(text.substr(open + 1, close - open - 1));
        if (part == nullptr) {
            return sdk::Error{sdk::ErrorKind::Malformed,
                              "expected {application}, {application_id}, {tenant}, {device} or "
                              "{device_eui} in braces"};
        }
        pattern.pieces_.emplace_back(text.substr(0, open), part);
        text.remove_prefix(close + 1);
    }
    pattern.pieces_.emplace_back(text, nullptr);
    return pattern;
}

sdk::Result<std::string> NamePattern::name_of(const Uplink& uplink) const {
    std::string name;
    for (const auto& [text, part] : pieces_) {
        name += text;
        if (part == nullptr) continue;
        if ((uplink.*part).empty()) {
            return sdk::Error{sdk::ErrorKind::Malformed, "it lacks a part of its name"};
        }
        name += uplink.*part;
    }
    if (sender::is_name(name)) return name;
    return sdk::Error{sdk::ErrorKind::Malformed, "its application or device is no name"};
}

}  // namespace ajour::lorawan
