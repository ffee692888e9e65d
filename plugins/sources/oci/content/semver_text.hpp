// SPDX-License-Identifier: Apache-2.0
// The pieces of a version's text (semver.org, 2 and 9 and 10). Pure.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::oci {

inline bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

inline bool is_digits(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// Digits without leading zeros.
inline bool is_number(std::string_view text) noexcept {
    return is_digits(text) && (text.size() == 1 || text.front() != '0');
}

/// Letters, digits and hyphens.
inline bool is_identifier(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    });
}

/// The parts between separators; as many as there are separators, and one.
inline std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

/// A version's text, taken apart.
struct Suffixed {
    std::string core;                     ///< before "-" and "+"
    std::vector<std::string> prerelease;  ///< checked
    std::string build;                    ///< checked
};

/// Nothing when the prerelease or the build metadata is not as it has to be.
inline std::optional<Suffixed> read_suffix(std::string_view text) {
    Suffixed parts;
    if (const auto plus = text.find('+'); plus != std::string_view::npos) {
        parts.build = text.substr(plus + 1);
        const auto identifiers = split(parts.build, '.');
        if (!std::all_of(identifiers.begin(), identifiers.end(), is_identifier)) return {};
        text = text.substr(0, plus);
    }
    const auto hyphen = text.find('-');
    parts.core = text.substr(0, hyphen);
    if (hyphen == std::string_view::npos) return parts;
    parts.prerelease = split(text.substr(hyphen + 1), '.');
    const auto is_prerelease = [](const std::string& identifier) {
        return is_identifier(identifier) && (!is_digits(identifier) || is_number(identifier));
    };
    if (!std::all_of(parts.prerelease.begin(), parts.prerelease.end(), is_prerelease)) return {};
    return parts;
}

}  // namespace ajour::oci
