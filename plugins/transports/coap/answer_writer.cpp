// SPDX-License-Identifier: Apache-2.0
#include "answer_writer.hpp"

namespace ajour::coap {
namespace {

constexpr std::string_view command_name = "dfu";

void add_block(MessageWriter& writer, std::uint16_t number, const std::optional<Block>& block) {
    if (block) writer.option(number, block->encoded());
}

void add_size(MessageWriter& writer, std::uint16_t number,
              const std::optional<std::uint32_t>& size) {
    if (size) writer.option(number, *size);
}

/// The attached options from Block2 on, which follow those of the answer itself.
void attach(MessageWriter& writer, const Attachments& attached) noexcept {
    add_block(writer, option::Block2, attached.block2);
    add_block(writer, option::Block1, attached.block1);
    add_size(writer, option::Size2, attached.size2);
    add_size(writer, option::Size1, attached.size1);
    if (!attached.echo.empty()) writer.option(option::Echo, attached.echo);
}

}  // namespace

sdk::ByteView write_command(std::span<std::uint8_t> room, const Envelope& envelope,
                            sdk::ByteView payload, const Attachments& attached) noexcept {
    MessageWriter writer(room, envelope.type, Code::Content, envelope.id, envelope.token);
    add_size(writer, option::ETag, attached.etag);
    writer.option(option::ContentFormat, format::Cbor);
    attach(writer, attached);
    return writer.option(option::Command, sdk::bytes_of(command_name)).payload(payload).bytes();
}

sdk::ByteView write_answer(std::span<std::uint8_t> room, const Envelope& envelope,
                           const Answer& answer, const Attachments& attached) noexcept {
    MessageWriter writer(room, envelope.type, answer.code, envelope.id, envelope.token);
    if (answer.retry_after > 0) writer.option(option::MaxAge, answer.retry_after);
    attach(writer, attached);
    return writer.payload(sdk::bytes_of(answer.diagnostic)).bytes();
}

std::array<std::uint8_t, 4> empty_message(Type type, std::uint16_t id) noexcept {
    std::array<std::uint8_t, 4> bytes{};
    MessageWriter(bytes, type, Code::Empty, id, {});
    return bytes;
}

}  // namespace ajour::coap
