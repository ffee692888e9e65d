// SPDX-License-Identifier: Apache-2.0
#include "head.hpp"

#include "characters.hpp"

#include <algorithm>
#include <string>

namespace ajour::http_client {
namespace {

sdk::Error malformed(std::string text) {
    return {sdk::ErrorKind::Malformed, std::move(text)};
}

bool is_value(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return is_control(c) && c != '\t'; });
}

/// Of "HTTP/1.1 200 OK" or "HTTP/2 200"; 0 when it is no status line.
int status_in(std::string_view line) {
    const auto space = std::min(line.find(' '), line.size());
    const auto code = trimmed(line.substr(space)).substr(0, 3);
    const bool is_code = code.size() == 3 && std::all_of(code.begin(), code.end(), is_digit);
    if (!is_code || code[0] < '1' || code[0] > '5') return 0;
    return (code[0] - '0') * 100 + (code[1] - '0') * 10 + (code[2] - '0');
}

}  // namespace

sdk::Result<void> Head::take(std::string_view line) {
    bytes_ += line.size();
    if (bytes_ > bytes_max_) {
        return sdk::Error{sdk::ErrorKind::Full,
                          "headers of more than " + std::to_string(bytes_max_) + " bytes"};
    }
    if (complete_) return {};  // a trailer
    if (status_ == 0 || line.starts_with("HTTP/")) return begin(line);
    if (trimmed(line).empty()) return end(), sdk::Result<void>();
    return add(line);
}

sdk::Result<void> Head::begin(std::string_view line) {
    status_ = line.starts_with("HTTP/") ? status_in(line) : 0;
    headers_.clear();
    if (status_ == 0)
        return malformed("\"" + printable(trimmed(line), 80) + "\" is no status line of HTTP");
    return {};
}

sdk::Result<void> Head::add(std::string_view line) {
    const bool is_continued = line.front() == ' ' || line.front() == '\t';
    const auto colon = line.find(':');
    const auto value =
        trimmed(is_continued ? line : line.substr(std::min(colon, line.size() - 1) + 1));
    if (!is_value(value)) return malformed("a header holds a control character");
    if (is_continued) {
        if (headers_.empty()) return malformed("a continued header without a beginning");
        headers_.back().value.append(" ").append(value);
        return {};
    }
    const auto name = line.substr(0, colon);
    if (colon == std::string_view::npos || !is_token(name)) {
        return malformed("\"" + printable(trimmed(name), 40) + "\" is no name of a header");
    }
    headers_.push_back({lower_case(name), std::string(value)});
    return {};
}

}  // namespace ajour::http_client
