// SPDX-License-Identifier: Apache-2.0
#include "message.hpp"

#include "characters.hpp"

#include <algorithm>

namespace ajour::http_client {

const std::string* Response::header(std::string_view name) const {
    const auto found = std::find_if(headers.begin(), headers.end(),
                                    [&](const Header& header) { return header.name == name; });
    return found == headers.end() ? nullptr : &found->value;
}

std::vector<std::string_view> Response::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& header : headers) {
        if (header.name == name) values.emplace_back(header.value);
    }
    return values;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view unreserved = "-._~";
    std::string encoded;
    for (const char c : text) {
        if (is_alphanumeric(c) || unreserved.find(c) != std::string_view::npos) {
            encoded.push_back(c);
        } else {
            append_percent(encoded, c);
        }
    }
    return encoded;
}

}  // namespace ajour::http_client
