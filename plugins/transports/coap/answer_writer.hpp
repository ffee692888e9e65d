// SPDX-License-Identifier: Apache-2.0
// Answers as messages. Pure, allocates nothing.
#pragma once

#include "answer.hpp"
#include "block.hpp"
#include "message.hpp"

#include <optional>
#include <span>

namespace ajour::coap {

/// How an answer travels.
struct Envelope {
    Type type = Type::Acknowledgement;
    std::uint16_t id = 0;
    sdk::ByteView token;
};

/// What goes along with an answer.
struct Attachments {
    std::optional<Block> block1;
    std::optional<Block> block2;
    std::optional<std::uint32_t> size1;
    std::optional<std::uint32_t> size2;
    std::optional<std::uint32_t> etag;
    sdk::ByteView echo;
};

/// The most bytes that an answer with a command has besides the command.
inline constexpr std::size_t command_overhead = 60;

/// 2.05 with a command, or a block of it. Empty when it does not fit.
sdk::ByteView write_command(std::span<std::uint8_t> room, const Envelope& envelope,
                            sdk::ByteView payload, const Attachments& attached) noexcept;

/// Any other answer. Empty when it does not fit.
sdk::ByteView write_answer(std::span<std::uint8_t> room, const Envelope& envelope,
                           const Answer& answer, const Attachments& attached) noexcept;

/// A message of nothing but type and id.
std::array<std::uint8_t, 4> empty_message(Type type, std::uint16_t id) noexcept;

}  // namespace ajour::coap
