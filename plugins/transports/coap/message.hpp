// SPDX-License-Identifier: Apache-2.0
// CoAP messages as bytes (RFC 7252 section 3). Pure, allocates nothing.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include "number.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace ajour::coap {

enum class Type : std::uint8_t { Confirmable, NonConfirmable, Acknowledgement, Reset };

/// One option; the value points into the message.
struct Option {
    std::uint16_t number = 0;
    sdk::ByteView value;
};

/// The options of a message that `parse` found to be well-formed, one after the other.
class Options {
public:
    Options() = default;
    explicit Options(sdk::ByteView encoded) noexcept : left_(encoded) {}

    /// The next option; nothing behind the last one, or where the bytes are no option.
    std::optional<Option> next() noexcept;

    /// What `next` has not read yet.
    sdk::ByteView left() const noexcept { return left_; }

private:
    sdk::ByteView left_;
    std::uint16_t number_ = 0;
};

/// A message taken apart; all views point into its bytes.
struct Message {
    Type type = Type::Confirmable;
    Code code = Code::Empty;
    std::uint16_t id = 0;
    sdk::ByteView token;    ///< at most 8 bytes
    sdk::ByteView options;  ///< encoded, for Options
    sdk::ByteView payload;
};

/// What can be told about bytes that are no whole message.
enum class Flaw : std::uint8_t {
    None,
    NoHeader,   ///< too short, or of another version: to be ignored without a trace
    Malformed,  ///< type and id are known, the rest is not well-formed
};

struct Parsed {
    Flaw flaw = Flaw::None;
    Message message;  ///< type, code and id only when it is malformed
};

Parsed parse(sdk::ByteView datagram) noexcept;

/// Writes one message into memory of the caller. What does not fit makes the whole void.
class MessageWriter {
public:
    MessageWriter(std::span<std::uint8_t> room, Type type, Code code, std::uint16_t id,
                  sdk::ByteView token) noexcept;

    /// Options come in ascending order of their numbers.
    MessageWriter& option(std::uint16_t number, sdk::ByteView value) noexcept;
    /// An unsigned integer in as few bytes as it takes (RFC 7252 section 3.2).
    MessageWriter& option(std::uint16_t number, std::uint32_t value) noexcept;
    MessageWriter& payload(sdk::ByteView bytes) noexcept;

    /// What was written; empty when it did not fit.
    sdk::ByteView bytes() const noexcept;

private:
    void put(std::uint8_t byte) noexcept;
    void put(sdk::ByteView bytes) noexcept;
    void put_extension(std::uint32_t value) noexcept;

    std::span<std::uint8_t> room_;
    std::size_t used_ = 0;
    std::uint16_t number_ = 0;
    bool fits_ = true;
};

}  // namespace ajour::coap
