// SPDX-License-Identifier: Apache-2.0
// The numbers of CoAP's registries that this transport knows.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include <cstdint>
#include <optional>

namespace ajour::coap {

/// Class and detail in one byte, as on the wire: 4.04 is 4 << 5 | 4.
enum class Code : std::uint8_t {
    Empty = 0,
    Get = 1,
    Post = 2,
    Content = 0x45,
    Continue = 0x5f,
    BadRequest = 0x80,
    Unauthorized = 0x81,
    BadOption = 0x82,
    Forbidden = 0x83,
    NotFound = 0x84,
    MethodNotAllowed = 0x85,
    NotAcceptable = 0x86,
    RequestEntityIncomplete = 0x88,
    RequestEntityTooLarge = 0x8d,
    UnsupportedContentFormat = 0x8f,
    TooManyRequests = 0x9d,
    InternalServerError = 0xa0,
    ServiceUnavailable = 0xa3,
    ProxyingNotSupported = 0xa5,
};

constexpr unsigned class_of(Code code) noexcept {
    return static_cast<unsigned>(code) >> 5;
}
constexpr bool is_request(Code code) noexcept {
    return class_of(code) == 0 && code != Code::Empty;
}

namespace option {
inline constexpr std::uint16_t UriHost = 3;
inline constexpr std::uint16_t ETag = 4;
inline constexpr std::uint16_t UriPort = 7;
inline constexpr std::uint16_t UriPath = 11;
inline constexpr std::uint16_t ContentFormat = 12;
inline constexpr std::uint16_t MaxAge = 14;
inline constexpr std::uint16_t UriQuery = 15;
inline constexpr std::uint16_t Accept = 17;
inline constexpr std::uint16_t Block2 = 23;
inline constexpr std::uint16_t Block1 = 27;
inline constexpr std::uint16_t Size2 = 28;
inline constexpr std::uint16_t ProxyUri = 35;
inline constexpr std::uint16_t ProxyScheme = 39;
inline constexpr std::uint16_t Size1 = 60;
inline constexpr std::uint16_t Echo = 252;
inline constexpr std::uint16_t RequestTag = 292;
inline constexpr std::uint16_t Authorization = 4209;  ///< Drogue Cloud's
inline constexpr std::uint16_t Command = 4210;        ///< Drogue Cloud's
}  // namespace option

/// Who does not know a critical option must not act on the message (RFC 7252 section 5.4.1).
constexpr bool is_critical(std::uint16_t number) noexcept {
    return (number & 1U) != 0;
}

namespace format {
inline constexpr std::uint32_t Text = 0;
inline constexpr std::uint32_t Octets = 42;
inline constexpr std::uint32_t Json = 50;
inline constexpr std::uint32_t Cbor = 60;
}  // namespace format

/// An option's value as an unsigned integer; nothing when it has more than 4 bytes.
inline std::optional<std::uint32_t> number_of(sdk::ByteView value) noexcept {
    if (value.size() > 4) return std::nullopt;
    std::uint32_t number = 0;
    for (const auto byte : value) number = number << 8 | byte;
    return number;
}

}  // namespace ajour::coap
