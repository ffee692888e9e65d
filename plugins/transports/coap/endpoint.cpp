// SPDX-License-Identifier: Apache-2.0
// What comes in. What is answered later is in endpoint_later.cpp.
#include "endpoint.hpp"

#include "turn_reply.hpp"

#include <algorithm>
#include <variant>

namespace ajour::coap {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t most_amplification = 3;

/// Of what is asked for, without what differs between the blocks of one request.
std::uint64_t request_digest(const Message& message, const SipKey& key) noexcept {
    SipHash hash(key);
    hash.add(static_cast<std::uint64_t>(message.code));
    Options options(message.options);
    while (const auto given = options.next()) {
        switch (given->number) {
            case option::Block1:
            case option::Block2:
            case option::Size1:
            case option::Size2:
            case option::Echo:
                break;
            default:
                hash.add(std::uint64_t{given->number} << 32 | given->value.size());
                hash.add(given->value);
        }
    }
    return hash.finish();
}

bool is_json(const Request& request) noexcept {
    return request.content_format == format::Json;
}

}  // namespace

Endpoint::Endpoint(const Surroundings& around, std::function<void()> wake)
    : around_(around),
      echo_(around.limits.verified_for, random_key()),
      memory_(around.limits.memory_bytes, around.limits.lifetime, random_key()),
      verified_(around.limits.verified, around.limits.verified_for, random_key()),
      exchanges_(around.limits.exchanges, random_key()),
      bodies_(around.limits.transfers, around.limits.body_bytes, around.limits.lifetime,
              random_key()),
      responder_(around.limits, around.metrics, echo_, random_key()),
      late_(std::make_shared<LateAnswers>(std::move(wake))) {}

Endpoint::~Endpoint() {
    late_->close();
    around_.metrics.exchanges.add(-static_cast<std::int64_t>(exchanges_.count()));
    around_.metrics.remembered_bytes.add(-remembered_bytes_);
}

void Endpoint::receive(const Datagram& datagram, Time now) {
    now_ = now;
    around_.metrics.datagrams.add();
    const auto [flaw, message] = parse(datagram.bytes);
    if (flaw == Flaw::NoHeader) return around_.metrics.ignored.add();
    if (flaw == Flaw::Malformed) return reject(datagram, message);
    switch (message.type) {
        case Type::Acknowledgement:
        case Type::Reset:
            return settle(datagram.peer, message.id);
        case Type::Confirmable:
        case Type::NonConfirmable:
            return is_request(message.code) ? take(datagram, message) : reject(datagram, message);
    }
}

/// What makes no sense, and what is empty to see whether we are here, is reset when it is
/// confirmable, else ignored (RFC 7252 sections 4.2, 4.3 and 5.4.1).
void Endpoint::reject(const Datagram& datagram, const Message& message) {
    const bool is_ping = message.code == Code::Empty && datagram.bytes.size() == 4;
    (is_ping ? around_.metrics.pings : around_.metrics.malformed).add();
    if (message.type != Type::Confirmable) return;
    around_.wire.send(datagram.peer, empty_message(Type::Reset, message.id));
}

/// The peer has our answer, or does not want it.
void Endpoint::settle(const Peer& peer, std::uint16_t id) {
    auto* exchange = exchanges_.find_answer(peer, id);
    if (exchange == nullptr) return around_.metrics.ignored.add();
    close(*exchange);
}

bool Endpoint::is_duplicate(const Received& received, Type type) {
    const auto known = memory_.find(received, now_);
    if (!known && exchanges_.find_unanswered(received) == nullptr) return false;
    around_.metrics.duplicates.add();
    const bool is_answered_again = known && !known->empty() && type == Type::Confirmable;
    if (is_answered_again) around_.wire.send(received.peer, *known);
    return true;
}

void Endpoint::take(const Datagram& datagram, const Message& message) {
    auto turn = turn_of(datagram, message);
    if (is_duplicate(turn.received, turn.type)) return;
    around_.metrics.requests.add();
    const auto request = read_request(message, datagram.bytes);
    weigh(datagram, request, turn);
    if (!datagram.is_whole) return finish(turn, answers::BodyTooLarge);
    auto outcome =
        interpret(message.code, request, {around_.limits.authenticates, datagram.session});
    if (const auto* answer = std::get_if<const Answer*>(&outcome)) {
        const bool is_rejected =
            *answer == &answers::UnknownOption && turn.type == Type::NonConfirmable;
        return is_rejected ? reject(datagram, message) : finish(turn, **answer);
    }
    take_status(turn, request, std::get<Submission>(outcome), message.payload);
}

Turn Endpoint::turn_of(const Datagram& datagram, const Message& message) const noexcept {
    Turn turn;
    turn.received = {datagram.peer, message.id, SipHash(digest_key_).add(datagram.bytes).finish()};
    turn.type = message.type;
    turn.token = Token(message.token);
    turn.request = request_digest(message, digest_key_);
    return turn;
}

/// How much may be sent for this request, and what of it an answer repeats. Who sends small blocks
/// wants small ones.
void Endpoint::weigh(const Datagram& datagram, const Request& request, Turn& turn) {
    turn.block1 = request.block1;
    turn.block2 = request.block2;
    if (!turn.block2 && turn.block1) turn.block2 = Block{0, false, turn.block1->exponent};
    turn.json = is_json(request);
    const auto asked = request.query.command_timeout.value_or(0s);
    const auto& limits = around_.limits;
    turn.patience = asked > 0s ? std::min<Time>(asked, limits.answer_max) : limits.answer;
    if (datagram.is_secured || !limits.bounds_amplification) return;
    if (verified_.knows(turn.peer(), now_)) return;
    if (echo_.proves(request.echo, turn.peer(), now_)) {
        around_.metrics.proofs.add();
        return verified_.remember(turn.peer(), now_);
    }
    turn.allowance = static_cast<std::uint32_t>(datagram.bytes.size()) * most_amplification;
}

void Endpoint::take_status(Turn& turn, const Request& request, Submission& submission,
                           sdk::ByteView payload) {
    if (turn.block2 && turn.block2->number > 0) {
        return deliver(turn, responder_.later_block(turn, envelope_of(turn), now_));
    }
    const bool is_too_large = request.size1.value_or(0) > bodies_.most_bytes();
    if (is_too_large) return finish(turn, answers::BodyTooLarge);
    const Transfer transfer{turn.peer(), turn.request};
    const auto body = bodies_.take(transfer, turn.block1, payload, now_);
    if (bodies_.has_evicted()) around_.metrics.transfers_evicted.add();
    if (const auto* answer = std::get_if<const Answer*>(&body)) return finish(turn, **answer);
    submission.message.payload = std::get<sdk::ByteView>(body);
    submit(turn, submission.message);
}

void Endpoint::submit(Turn& turn, sdk::Message& message) {
    const PeerText peer(turn.peer());
    message.peer = peer.view();
    message.room = responder_.room_for(turn, now_);
    turn.for_another = message.device != message.sender;
    TurnReply reply(*this, turn);
    around_.inbox.submit(message, reply);
    switch (reply.fate()) {
        case TurnReply::Fate::Answered:
        case TurnReply::Fate::Deferred:
            return;
        case TurnReply::Fate::Full:
            around_.metrics.exchanges_over_limit.add();
            return refuse(turn, sdk::ErrorKind::Full);
        case TurnReply::Fate::Unanswered:
            return refuse(turn, sdk::ErrorKind::Internal);
    }
}

void Endpoint::send(Turn& turn, sdk::ByteView command) noexcept try {
    around_.metrics.answers.add();
    deliver(turn, responder_.command(turn, envelope_of(turn), command, now_));
} catch (...) {  // without memory the device asks again
}

void Endpoint::refuse(Turn& turn, sdk::ErrorKind kind) noexcept try {
    around_.metrics.refusals.add();
    tell_refusal(turn, kind);  // of now: once it has its answer, the peer's key may be replaced
    finish(turn, refusal(kind, turn.json));
} catch (...) {
}

void Endpoint::tell_refusal(const Turn& turn, sdk::ErrorKind kind) noexcept {
    const bool is_of_credential =
        kind == sdk::ErrorKind::Refused || kind == sdk::ErrorKind::NotFound;
    if (is_of_credential) around_.wire.refused(turn.peer(), turn.for_another);
}

void Endpoint::finish(Turn& turn, const Answer& answer) {
    if (&answer == &answers::BodyTooLarge) around_.metrics.bodies_too_large.add();
    deliver(turn, responder_.answer(turn, envelope_of(turn), answer, now_));
}

/// Sends the answer, so that a duplicate gets the same. The message of a NON is not repeated.
void Endpoint::deliver(const Turn& turn, sdk::ByteView message) {
    if (!message.empty()) around_.wire.send(turn.peer(), message);
    const bool repeats = turn.type == Type::Confirmable;
    memory_.remember(turn.received, repeats ? message : sdk::ByteView(), now_);
}

/// An acknowledgement carries the answer as long as none was sent.
Envelope Endpoint::envelope_of(const Turn& turn) {
    const auto token = turn.token.view();
    if (turn.type == Type::NonConfirmable) return {Type::NonConfirmable, random_.next(), token};
    if (turn.acknowledged) return {Type::Confirmable, random_.next(), token};
    return {Type::Acknowledgement, turn.received.id, token};
}

}  // namespace ajour::coap
