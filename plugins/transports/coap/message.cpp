// SPDX-License-Identifier: Apache-2.0
#include "message.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace ajour::coap {
namespace {

constexpr std::size_t header_bytes = 4;
constexpr std::size_t most_token_bytes = 8;
constexpr unsigned version = 1;
constexpr std::uint8_t payload_marker = 0xff;

// A nibble of 13 is followed by one byte, of 14 by two; 15 is the payload marker's.
constexpr std::uint32_t one_byte_from = 13;
constexpr std::uint32_t two_bytes_from = 269;
constexpr std::uint32_t beyond_two_bytes = two_bytes_from + 0x10000;

/// Reads what extends a nibble; nothing where the bytes end, or the nibble is reserved.
std::optional<std::uint32_t> extended(std::uint8_t nibble, sdk::ByteView& bytes) noexcept {
    if (nibble < 13) return nibble;
    const std::size_t length = nibble - 12U;
    if (nibble == 15 || bytes.size() < length) return std::nullopt;
    const std::uint32_t value = length == 1 ? bytes[0] : bytes[0] * 256U + bytes[1];
    bytes = bytes.subspan(length);
    return value + (length == 1 ? one_byte_from : two_bytes_from);
}

std::uint8_t nibble_of(std::uint32_t value) noexcept {
    if (value < one_byte_from) return static_cast<std::uint8_t>(value);
    return value < two_bytes_from ? 13 : 14;
}

/// Splits what follows the token into options and payload. False when it is not well-formed.
bool split(sdk::ByteView rest, Message& message) noexcept {
    Options options(rest);
    while (options.next()) {
    }
    const auto left = options.left();
    message.options = rest.first(rest.size() - left.size());
    if (left.empty()) return true;
    message.payload = left.subspan(1);
    return left.front() == payload_marker && !message.payload.empty();
}

/// An empty message is a header and nothing else, and a request or an answer is not of its class
/// (RFC 7252 sections 3 and 4.1).
bool makes_sense(const Message& message, std::size_t size) noexcept {
    if (message.code == Code::Empty) return size == header_bytes;
    const auto kind = class_of(message.code);
    return kind != 1 && kind != 6 && kind != 7 && message.type != Type::Reset;
}

}  // namespace

std::optional<Option> Options::next() noexcept {
    if (left_.empty() || left_.front() == payload_marker) return std::nullopt;
    auto rest = left_.subspan(1);
    const auto delta = extended(left_.front() >> 4, rest);
    if (!delta) return std::nullopt;
    const auto length = extended(left_.front() & 0xfU, rest);
    const auto number = number_ + *delta;
    if (!length || *length > rest.size() || number > 0xffff) return std::nullopt;
    number_ = static_cast<std::uint16_t>(number);
    left_ = rest.subspan(*length);
    return Option{number_, rest.first(*length)};
}

Parsed parse(sdk::ByteView datagram) noexcept {
    Parsed parsed;
    if (datagram.size() < header_bytes || datagram[0] >> 6 != version) {
        parsed.flaw = Flaw::NoHeader;
        return parsed;
    }
    auto& message = parsed.message;
    message.type = static_cast<Type>(datagram[0] >> 4 & 3U);
    message.code = static_cast<Code>(datagram[1]);
    message.id = static_cast<std::uint16_t>(datagram[2] * 256U + datagram[3]);
    const std::size_t token = datagram[0] & 0xfU;
    parsed.flaw = Flaw::Malformed;
    if (token > most_token_bytes || datagram.size() < header_bytes + token) return parsed;
    message.token = datagram.subspan(header_bytes, token);
    if (!split(datagram.subspan(header_bytes + token), message)) return parsed;
    if (makes_sense(message, datagram.size())) parsed.flaw = Flaw::None;
    return parsed;
}

MessageWriter::MessageWriter(std::span<std::uint8_t> room, Type type, Code code, std::uint16_t id,
                             sdk::ByteView token) noexcept
    : room_(room) {
    const auto size = std::min(token.size(), most_token_bytes);
    put(static_cast<std::uint8_t>(version << 6 | static_cast<unsigned>(type) << 4 | size));
    put(static_cast<std::uint8_t>(code));
    put(static_cast<std::uint8_t>(id >> 8));
    put(static_cast<std::uint8_t>(id & 0xffU));
    put(token.first(size));
}

MessageWriter& MessageWriter::option(std::uint16_t number, sdk::ByteView value) noexcept {
    if (number < number_ || value.size() >= beyond_two_bytes) fits_ = false;
    if (!fits_) return *this;
    const std::uint32_t delta = number - number_;
    const auto length = static_cast<std::uint32_t>(value.size());
    put(static_cast<std::uint8_t>(nibble_of(delta) << 4 | nibble_of(length)));
    put_extension(delta);
    put_extension(length);
    put(value);
    number_ = number;
    return *this;
}

MessageWriter& MessageWriter::option(std::uint16_t number, std::uint32_t value) noexcept {
    std::array<std::uint8_t, 4> bytes{};
    std::size_t length = 0;
    for (int shift = 24; shift >= 0; shift -= 8) {
        const auto byte = static_cast<std::uint8_t>(value >> shift & 0xffU);
        if (length > 0 || byte != 0) bytes[length++] = byte;
    }
    return option(number, sdk::ByteView(bytes).first(length));
}

MessageWriter& MessageWriter::payload(sdk::ByteView bytes) noexcept {
    if (bytes.empty()) return *this;
    put(payload_marker);
    put(bytes);
    return *this;
}

sdk::ByteView MessageWriter::bytes() const noexcept {
    return fits_ ? sdk::ByteView(room_).first(used_) : sdk::ByteView();
}

void MessageWriter::put(std::uint8_t byte) noexcept {
    put(sdk::ByteView(&byte, 1));
}

void MessageWriter::put(sdk::ByteView bytes) noexcept {
    fits_ = fits_ && bytes.size() <= room_.size() - used_;
    if (!fits_ || bytes.empty()) return;
    std::memcpy(room_.data() + used_, bytes.data(), bytes.size());
    used_ += bytes.size();
}

void MessageWriter::put_extension(std::uint32_t value) noexcept {
    if (value < one_byte_from) return;
    const auto over = value - (value < two_bytes_from ? one_byte_from : two_bytes_from);
    if (value >= two_bytes_from) put(static_cast<std::uint8_t>(over >> 8));
    put(static_cast<std::uint8_t>(over & 0xffU));
}

}  // namespace ajour::coap
