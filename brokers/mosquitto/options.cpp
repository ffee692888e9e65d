// SPDX-License-Identifier: Apache-2.0
#include "options.hpp"

#include <charconv>
#include <cstdint>
#include <optional>

namespace ajour::broker {

namespace {

struct Range {
    std::uint32_t least, most;
};

constexpr Range timeout_range{1, 30}, age_range{0, 3600}, count_range{1, 1'000'000};

std::optional<std::uint32_t> number(std::string_view text, Range range) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_whole = error == std::errc() && end == text.data() + text.size();
    if (!is_whole || value < range.least || value > range.most) return std::nullopt;
    return value;
}

template <typename Value>
std::string take(const NameAndValue& line, Range range, Value& value) {
    const auto found = number(line.second, range);
    if (!found) {
        return "plugin_opt_" + std::string(line.first) + ": found " + std::string(line.second) +
               ", expected a whole number from " + std::to_string(range.least) + " to " +
               std::to_string(range.most);
    }
    value = Value(*found);
    return {};
}

std::string take(const NameAndValue& line, Options& options) {
    const auto& [name, value] = line;
    if (name == "url") return options.url = value, std::string();
    if (name == "token_file") return options.token_file = value, std::string();
    if (name == "ca_file") return options.ca_file = value, std::string();
    if (name == "timeout") return take(line, timeout_range, options.timeout);
    if (name == "cache_seconds") return take(line, age_range, options.cache_age);
    if (name == "cache_max") return take(line, count_range, options.cache_max);
    return "plugin_opt_" + std::string(name) + ": there is no such option";
}

}  // namespace

std::string read_options(std::span<const NameAndValue> lines, Options& options) {
    for (const auto& line : lines) {
        if (auto problem = take(line, options); !problem.empty()) return problem;
    }
    if (!options.url.starts_with("http://") && !options.url.starts_with("https://")) {
        return "plugin_opt_url: expected http:// or https://";
    }
    if (options.token_file.empty()) return "plugin_opt_token_file: expected the path of a file";
    return {};
}

}  // namespace ajour::broker
