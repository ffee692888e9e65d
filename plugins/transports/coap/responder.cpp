// SPDX-License-Identifier: Apache-2.0
#include "responder.hpp"

namespace ajour::coap {
namespace {

// Smaller blocks have no room for a command with data worth sending, so those are cut instead.
constexpr std::size_t least_block_for_a_command = 128;
constexpr std::size_t empty_message_bytes = 4;
constexpr std::uint8_t largest_exponent = 6;
constexpr std::uint32_t etag_mask = 0xffffffff;

}  // namespace

Responder::Responder(const Limits& limits, Metrics& metrics, const EchoStamp& echo,
                     const SipKey& key)
    : limits_(limits),
      metrics_(metrics),
      echo_(echo),
      key_(key),
      commands_(limits.transfers, limits.lifetime, key),
      message_(limits.datagram_bytes) {}

sdk::ByteView Responder::command(Turn& turn, const Envelope& envelope, sdk::ByteView command,
                                 Time now) {
    const bool fits = !turn.block2 || command.size() <= turn.block2->size();
    if (fits) {
        const auto whole = write_command(message_, envelope, command, attached_to(turn, now));
        if (!whole.empty()) return within_allowance(turn, envelope, whole);
    }
    const Transfer transfer{turn.peer(), turn.request};
    if (commands_.begin(transfer, now)) metrics_.transfers_evicted.add();
    auto& body = *commands_.find(transfer, now);
    body.assign(command.begin(), command.end());
    return block(turn, envelope, turn.block2.value_or(Block{0, false, largest_exponent}), body,
                 now);
}

sdk::ByteView Responder::later_block(Turn& turn, const Envelope& envelope, Time now) {
    const Transfer transfer{turn.peer(), turn.request};
    const auto* body = commands_.find(transfer, now);
    if (body == nullptr) return answer(turn, envelope, answers::BlocksMissing, now);
    if (turn.block2->offset() >= body->size()) {
        return answer(turn, envelope, answers::InvalidBlock, now);
    }
    return block(turn, envelope, *turn.block2, *body, now);
}

sdk::ByteView Responder::block(Turn& turn, const Envelope& envelope, const Block& wanted,
                               const sdk::Bytes& command, Time now) {
    Block given = wanted;
    given.exponent = std::min(wanted.exponent, most_exponent());
    given.number = static_cast<std::uint32_t>(wanted.offset() / given.size());
    const auto left = sdk::ByteView(command).subspan(given.offset());
    given.more = left.size() > given.size();
    auto attached = attached_to(turn, now);
    attached.block2 = given;
    attached.size2 = static_cast<std::uint32_t>(command.size());
    attached.etag = static_cast<std::uint32_t>(SipHash(key_).add(command).finish() & etag_mask);
    const auto payload = left.first(std::min(left.size(), given.size()));
    return within_allowance(turn, envelope, write_command(message_, envelope, payload, attached));
}

sdk::ByteView Responder::answer(Turn& turn, const Envelope& envelope, const Answer& answer,
                                Time now) {
    auto attached = attached_to(turn, now);
    if (&answer == &answers::BodyTooLarge) {
        attached.size1 = static_cast<std::uint32_t>(limits_.body_bytes);
    }
    const auto whole = write_answer(message_, envelope, answer, attached);
    if (turn.spend(whole.size())) return whole;
    const Answer bare{answer.code, "", 0};
    const auto shortest = write_answer(message_, envelope, bare, {});
    if (turn.spend(shortest.size())) return shortest;
    metrics_.held_back.add();
    return {};
}

sdk::ByteView Responder::within_allowance(Turn& turn, const Envelope& envelope,
                                          sdk::ByteView message) {
    if (turn.spend(message.size())) return message;
    Attachments attached;
    attached.echo = stamp_;
    const auto challenge = write_answer(message_, envelope, answers::AddressUnproven, attached);
    const bool affords = turn.spend(challenge.size());
    (affords ? metrics_.challenges : metrics_.held_back).add();
    return affords ? challenge : sdk::ByteView();
}

std::uint32_t Responder::room_for(const Turn& turn, Time now) {
    auto limit = limits_.datagram_bytes;
    if (!turn.is_proven()) limit = std::min<std::size_t>(limit, turn.allowance);
    const Envelope envelope{Type::Confirmable, 0, turn.token.view()};
    const auto frame = write_command(message_, envelope, {}, attached_to(turn, now));
    const auto overhead = frame.size() + 1 + (turn.is_proven() ? 0 : empty_message_bytes);
    auto room = limit > overhead ? limit - overhead : 1;
    if (turn.block2 && turn.block2->size() >= least_block_for_a_command) {
        room = std::min(room, turn.block2->size());
    }
    return static_cast<std::uint32_t>(room);
}

Attachments Responder::attached_to(const Turn& turn, Time now) {
    Attachments attached;
    attached.block1 = turn.block1;
    if (turn.is_proven()) return attached;
    stamp_ = echo_.value_for(turn.peer(), now);
    attached.echo = stamp_;
    return attached;
}

std::uint8_t Responder::most_exponent() const noexcept {
    std::uint8_t exponent = largest_exponent;
    const auto room = limits_.datagram_bytes - std::min(limits_.datagram_bytes, command_overhead);
    while (exponent > 0 && Block{0, false, exponent}.size() > room) --exponent;
    return exponent;
}

}  // namespace ajour::coap
