// SPDX-License-Identifier: Apache-2.0
#include "admin/message.hpp"

#include <algorithm>

namespace ajour::admin {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

struct StatusOfKind {
    int status;
    std::string_view error;
};

StatusOfKind status_of(ErrorKind kind) noexcept {
    switch (kind) {
        case ErrorKind::Malformed:
            return {400, "BadRequest"};
        case ErrorKind::NotFound:
            return {404, "NotFound"};
        case ErrorKind::Refused:
            return {403, "Forbidden"};
        case ErrorKind::Mismatch:
            return {409, "Conflict"};
        case ErrorKind::Throttled:
            return {429, "TooManyRequests"};
        case ErrorKind::Unavailable:
        case ErrorKind::Timeout:
        case ErrorKind::Full:
            return {503, "Unavailable"};
        case ErrorKind::Internal:
            break;
    }
    return {500, "InternalError"};
}

int nibble(char digit) noexcept {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

Result<std::string> decode(std::string_view text, bool plus_is_space) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            decoded.push_back(' ');
        } else if (text[i] != '%') {
            decoded.push_back(text[i]);
        } else {
            const int high = i + 2 < text.size() ? nibble(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? nibble(text[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return Error{ErrorKind::Malformed, "a % without two hexadecimal digits after it"};
            }
            decoded.push_back(static_cast<char>(high << 4 | low));
            i += 2;
        }
    }
    return decoded;
}

}  // namespace

Response json_response(const Json& body, int status) {
    Response response;
    response.status = status;
    response.body = json::print(body);
    return response;
}

Response no_content() {
    Response response;
    response.status = 204;
    return response;
}

Response refusal(int status, std::string_view error, std::string_view message) {
    return json_response({{"error", error}, {"message", message}}, status);
}

Response refusal(const Error& error) {
    const auto [status, word] = status_of(error.kind);
    if (status == 403) return forbidden();
    if (status < 500) return refusal(status, word, error.text);
    auto response = refusal(status, word,
                            status == 500 ? "Internal error, see the server's log"
                                          : "Not possible now, try again later");
    response.fault = error.text;
    return response;
}

Response forbidden() {
    return refusal(403, "Forbidden", "Forbidden");
}

Result<Json> parse_body(const std::string& body) {
    auto parsed = json::parse(body);
    if (parsed) return parsed;
    // The parser quotes what it read last, and that may be part of a password.
    auto text = parsed.error().text;
    text.resize(std::min(text.find("; last read"), text.size()));
    return Error{ErrorKind::Malformed, std::move(text)};
}

Result<std::string> decode_segment(std::string_view text) {
    return decode(text, false);
}

Result<std::map<std::string, std::string>> decode_query(std::string_view text) {
    std::map<std::string, std::string> query;
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const auto pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        auto name = decode(pair.substr(0, equals), true);
        if (!name) return name.error();
        auto value = decode(pair.substr(std::min(equals + 1, pair.size())), true);
        if (!value) return value.error();
        query[*std::move(name)] = *std::move(value);
    }
    return query;
}

std::string encode_segment(std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    constexpr std::string_view unreserved = "-._~";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || unreserved.find(c) != std::string_view::npos;
        if (plain) {
            encoded.push_back(c);
        } else {
            encoded += {'%', digits[byte >> 4], digits[byte & 15]};
        }
    }
    return encoded;
}

}  // namespace ajour::admin
