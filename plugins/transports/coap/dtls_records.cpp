// SPDX-License-Identifier: Apache-2.0
// What can be told of a datagram before it is given to mbedTLS. Pure.
#include "dtls_session.hpp"

namespace ajour::coap {
namespace {

// A record: type, version (2), epoch (2), number (6), length (2). A handshake message in it: type,
// length (3), sequence (2), offset (3), length of the fragment (3).
constexpr std::size_t record_header = 13;
constexpr std::size_t message_header = 12;
constexpr std::uint8_t handshake_record = 22;
constexpr std::uint8_t client_hello = 1;
constexpr std::uint8_t client_key_exchange = 16;

std::size_t number_at(sdk::ByteView bytes, std::size_t at, std::size_t size) noexcept {
    std::size_t number = 0;
    for (std::size_t i = 0; i < size; ++i) number = number << 8 | bytes[at + i];
    return number;
}

/// The handshake message in a record, when it is in the clear and in one piece.
sdk::ByteView clear_message(sdk::ByteView record) noexcept {
    if (record.size() < record_header + message_header) return {};
    if (record[0] != handshake_record || number_at(record, 3, 2) != 0) return {};
    const auto message = record.subspan(record_header);
    const auto length = number_at(message, 1, 3);
    const bool is_whole = number_at(message, 6, 3) == 0 && number_at(message, 9, 3) == length;
    return is_whole && message.size() >= message_header + length ? message : sdk::ByteView();
}

/// Takes the first record from the front of a datagram; empty when there is none.
sdk::ByteView take_record(sdk::ByteView& datagram) noexcept {
    if (datagram.size() < record_header) return {};
    const auto size = record_header + number_at(datagram, 11, 2);
    if (size > datagram.size()) return {};
    const auto record = datagram.first(size);
    datagram = datagram.subspan(size);
    return record;
}

}  // namespace

std::string_view offered_identity(sdk::ByteView datagram) noexcept {
    for (auto record = take_record(datagram); !record.empty(); record = take_record(datagram)) {
        const auto message = clear_message(record);
        if (message.size() < message_header + 2 || message[0] != client_key_exchange) continue;
        const auto body = message.subspan(message_header, number_at(message, 1, 3));
        if (body.size() < 2) return {};
        const auto size = number_at(body, 0, 2);
        if (size > body.size() - 2) return {};
        return sdk::text_of(body.subspan(2, size));
    }
    return {};
}

std::optional<std::size_t> hello_number(sdk::ByteView datagram) noexcept {
    if (datagram.size() < record_header + message_header) return std::nullopt;
    const bool is_clear = datagram[0] == handshake_record && number_at(datagram, 3, 2) == 0;
    if (!is_clear || datagram[record_header] != client_hello) return std::nullopt;
    return number_at(datagram, record_header + 4, 2);
}

}  // namespace ajour::coap
