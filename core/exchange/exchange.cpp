// SPDX-License-Identifier: Apache-2.0
// The turn that finds everything in memory. What must wait is in waiting.cpp.
#include "exchange/exchange.hpp"

#include <algorithm>
#include <random>
#include <span>
#include <utility>
#include <vector>

namespace ajour::exchange {

using sdk::ErrorKind;
using update::Cause;

namespace {

std::int64_t second_of(work::Instant instant) {
    return std::chrono::duration_cast<std::chrono::seconds>(instant.time_since_epoch()).count();
}

/// A command and the place it is written to, one per thread, so that a turn allocates nothing.
std::span<std::uint8_t> command_room(std::size_t block_max) {
    thread_local std::vector<std::uint8_t> room;
    const auto size = block_max + protocol::command_overhead + protocol::Version::max_size;
    if (room.size() < size) room.resize(size);
    return room;
}

}  // namespace

Exchange::Exchange(Parts parts, const Limits& limits, Counts counts)
    : parts_(parts),
      limits_(limits),
      counts_(counts),
      refusals_(limits.brake, parts.clock, parts.notices),
      lanes_(limits.lanes, counts.parked_now) {}

void Exchange::submit(const sdk::Message& message, sdk::Reply& reply) noexcept {
    counts_.statuses.add();
    parts_.fleet.expect(message.device);
    const auto status = protocol::decode_status(message.payload);
    if (!status) {
        counts_.malformed.add();
        refusals_.report_malformed(message, status.error());
        return reply.refuse(ErrorKind::Malformed);
    }
    const Asked asked{message, *status, false};
    auto verdict = decide(message.device, asked);
    if (verdict.outcome == Verdict::Outcome::NotAdmitted) {
        if (const auto own = parts_.fleet.own_name(message.device)) verdict = decide(*own, asked);
    }
    if (verdict.outcome != Verdict::Outcome::Decided) return park(asked, verdict, reply);
    answer(verdict, *status, reply);
}

Verdict Exchange::decide(const sdk::DeviceView& device, const Asked& asked) {
    parts_.fleet.approach(device);
    const auto tag = parts_.fleet.tag(asked.message);
    const auto now = parts_.clock.now();
    bool refresh = false;
    const TurnInput input{asked.status, asked.message.room, limits_.update, parts_.catalog,
                          now,          asked.message.pace, asked.last};
    auto verdict = parts_.fleet.visit(device, [&](fleet::Device* known) {
        if (known == nullptr || now >= known->stale_at || !known->is_admitted(tag, now)) {
            return Verdict();
        }
        refresh = now >= known->fresh_until && !std::exchange(known->refreshing, true);
        auto taken = take_turn(*known, input);
        if (taken.image) taken.image->touch(second_of(now));
        parts_.fleet.mark(*known, taken.report_due, taken.flight_due);
        return taken;
    });
    if (refresh) parts_.fleet.refresh(device);
    if (verdict.supply) parts_.catalog.renew(verdict.supply, asked.status.version.text());
    return verdict;
}

void Exchange::answer(const Verdict& verdict, const protocol::Status& status, sdk::Reply& reply) {
    const auto version = verdict.version.view();
    const auto id = status.correlation_id;
    if (const auto* block = std::get_if<update::NeedBlock>(&verdict.step)) {
        counts_.writes.add();
        counts_.block_bytes.add(block->length);
        const auto data = verdict.image->bytes().subspan(block->offset, block->length);
        return send(protocol::Write{version, id, block->offset, data}, reply);
    }
    if (std::holds_alternative<update::Complete>(verdict.step)) {
        counts_.swaps.add();
        return send(protocol::Swap{version, id, verdict.image->sha256().bytes}, reply);
    }
    if (const auto* in_sync = std::get_if<update::InSync>(&verdict.step)) {
        counts_.syncs.add();
        return send(protocol::Sync{status.version.view(), id, spread(in_sync->poll)}, reply);
    }
    counts_.waits.add();
    const auto seconds = std::get<update::Later>(verdict.step).seconds;
    send(protocol::Wait{id, spread(seconds)}, reply);
}

void Exchange::wait(Cause cause, const protocol::Status& status, sdk::Reply& reply) {
    Verdict verdict;
    verdict.step = update::Later{limits_.update.backoff, cause};
    answer(verdict, status, reply);
}

void Exchange::send(const protocol::Command& command, sdk::Reply& reply) {
    const auto room = command_room(limits_.update.block_max);
    const auto length = protocol::encode(command, room);
    if (length == 0) return reply.refuse(ErrorKind::Internal);
    reply.send(room.first(length));
}

/// Adds up to the jitter, so that a fleet that was told to wait does not come back all at once.
/// Never 0: stock devices take that for no interval, and ask again at once.
std::uint32_t Exchange::spread(std::uint32_t seconds) const {
    thread_local std::minstd_rand random(std::random_device{}());
    const auto least = std::max<std::uint64_t>(seconds, 1);
    const auto most = least * limits_.jitter / 100;
    return static_cast<std::uint32_t>(
        std::min<std::uint64_t>(least + random() % (most + 1), UINT32_MAX));
}

/// Who guesses keys needs a handshake for each, so that who is braked is given none, whatever
/// device he names: until the handshake is over nobody knows whether he has the key.
sdk::Result<sdk::DeviceKey> Exchange::key_for(const sdk::DeviceView& device,
                                              std::string_view peer) noexcept {
    if (!refusals_.brake().stops(peer)) return parts_.fleet.key_for(device);
    counts_.handshakes_throttled.add();
    return sdk::Error{ErrorKind::Throttled, "too many wrong credentials from this address"};
}

void Exchange::report_wrong_key(const sdk::DeviceView& device, std::string_view peer) noexcept {
    counts_.handshakes_refused.add();
    refusals_.refuse_key(device, peer);
}

void Exchange::delayed(const sdk::DeviceView& device, const sdk::Delay& delay) noexcept {
    parts_.fleet.delayed(device, delay);
}

void Exchange::dropped(const sdk::DeviceView& device, sdk::Drop drop) noexcept {
    parts_.fleet.dropped(device, drop);
}

}  // namespace ajour::exchange
