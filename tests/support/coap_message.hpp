// SPDX-License-Identifier: Apache-2.0
// A CoAP message as a client sees it. A reading of RFC 7252 of its own, so that a mistake of the
// server's codec shows.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace ajour::support {

struct CoapMessage {
    enum Type { Con, Non, Ack, Rst };

    Type type = Con;
    unsigned code = 0;  ///< class * 100 + detail: 205, 404; a request is 1 to 4
    std::uint16_t id = 0;
    std::string token;
    std::multimap<unsigned, std::string> options;
    std::string payload;

    std::string option(unsigned number) const {
        const auto found = options.find(number);
        return found == options.end() ? "" : found->second;
    }
    bool has(unsigned number) const { return options.count(number) > 0; }
    /// An option as an unsigned integer.
    unsigned number(unsigned option_number) const {
        unsigned value = 0;
        for (const char byte : option(option_number)) {
            value = value * 256 + static_cast<unsigned char>(byte);
        }
        return value;
    }
    CoapMessage& with(unsigned number, std::string value) {
        options.emplace(number, std::move(value));
        return *this;
    }
};

inline std::string coap_number(unsigned value) {
    std::string bytes;
    for (; value > 0; value >>= 8) bytes.insert(bytes.begin(), static_cast<char>(value & 255));
    return bytes;
}

/// The value of Block1 and Block2; `size` is a power of two from 16 to 1024.
inline std::string coap_block(unsigned number, bool more, unsigned size) {
    unsigned exponent = 0;
    while (16U << exponent < size) ++exponent;
    return coap_number(number * 16 + (more ? 8 : 0) + exponent);
}

namespace coap_detail {

inline unsigned nibble(std::size_t value) {
    return value < 13 ? static_cast<unsigned>(value) : value < 269 ? 13 : 14;
}
inline std::string extension(std::size_t value) {
    if (value < 13) return "";
    if (value < 269) return std::string(1, static_cast<char>(value - 13));
    const auto over = value - 269;
    return {static_cast<char>(over >> 8), static_cast<char>(over & 255)};
}
/// Takes an extended number from the front of a text; throws std::out_of_range where it ends.
inline std::size_t extended(unsigned nibble, std::string_view& text) {
    const auto byte = [&] {
        const auto value = static_cast<unsigned char>(text.at(0));
        text.remove_prefix(1);
        return std::size_t{value};
    };
    if (nibble < 13) return nibble;
    if (nibble == 13) return byte() + 13;
    const auto high = byte();
    return high * 256 + byte() + 269;
}

}  // namespace coap_detail

inline std::string encode(const CoapMessage& message) {
    const auto code = message.code / 100 * 32 + message.code % 100;
    std::string bytes{
        static_cast<char>(0x40 | message.type << 4 | static_cast<int>(message.token.size())),
        static_cast<char>(code), static_cast<char>(message.id >> 8),
        static_cast<char>(message.id & 255)};
    bytes += message.token;
    unsigned last = 0;
    for (const auto& [number, value] : message.options) {
        const auto delta = number - last;
        bytes +=
            static_cast<char>(coap_detail::nibble(delta) << 4 | coap_detail::nibble(value.size()));
        bytes += coap_detail::extension(delta) + coap_detail::extension(value.size()) + value;
        last = number;
    }
    return message.payload.empty() ? bytes : bytes + '\xff' + message.payload;
}

/// Nothing for what is no CoAP message.
inline std::optional<CoapMessage> decode(std::string_view bytes) try {
    CoapMessage message;
    const auto first = static_cast<unsigned char>(bytes.at(0));
    const auto code = static_cast<unsigned char>(bytes.at(1));
    if (first >> 6 != 1) return std::nullopt;
    message.type = static_cast<CoapMessage::Type>(first >> 4 & 3);
    message.code = code / 32U * 100 + code % 32U;
    message.id = static_cast<std::uint16_t>(static_cast<unsigned char>(bytes.at(2)) * 256 +
                                            static_cast<unsigned char>(bytes.at(3)));
    message.token = bytes.substr(4, first & 15);
    auto rest = bytes.substr(4 + message.token.size());
    unsigned number = 0;
    while (!rest.empty() && rest[0] != '\xff') {
        const auto head = static_cast<unsigned char>(rest[0]);
        rest.remove_prefix(1);
        number += static_cast<unsigned>(coap_detail::extended(head >> 4, rest));
        const auto length = coap_detail::extended(head & 15, rest);
        if (length > rest.size()) return std::nullopt;
        message.with(number, std::string(rest.substr(0, length)));
        rest.remove_prefix(length);
    }
    if (!rest.empty()) message.payload = rest.substr(1);
    return message;
} catch (const std::out_of_range&) {
    return std::nullopt;
}

namespace coap_option {
inline constexpr unsigned etag = 4, uri_path = 11, content_format = 12, max_age = 14,
                          uri_query = 15, accept = 17, block2 = 23, block1 = 27, size2 = 28,
                          size1 = 60, echo = 252, authorization = 4209, command = 4210;
}

inline constexpr unsigned coap_post = 2;

/// A status of device dev@app with password pw, as a confirmable POST to v1/dfu.
inline CoapMessage coap_status(std::uint16_t id, std::string payload = "status") {
    CoapMessage message;
    message.code = coap_post;
    message.id = id;
    message.token = "tk";
    message.payload = std::move(payload);
    message.with(coap_option::uri_path, "v1").with(coap_option::uri_path, "dfu");
    message.with(coap_option::content_format, "\x3c").with(coap_option::uri_query, "ct=30");
    return message.with(coap_option::authorization, "Basic ZGV2QGFwcDpwdw==");
}

}  // namespace ajour::support
