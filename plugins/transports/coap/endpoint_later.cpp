// SPDX-License-Identifier: Apache-2.0
// The part of the endpoint that answers what could not be answered at once.
#include "endpoint.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace ajour::coap {

std::optional<std::uint64_t> Endpoint::defer(const Turn& turn) {
    auto* exchange = exchanges_.open(turn);
    if (exchange == nullptr) return std::nullopt;
    around_.metrics.exchanges.add();
    exchange->expires = now_ + turn.patience;
    const bool owes_acknowledgement = turn.type == Type::Confirmable;
    const auto soon = now_ + around_.limits.acknowledge;
    exchanges_.schedule(
        *exchange, owes_acknowledgement ? std::min(soon, exchange->expires) : exchange->expires);
    return exchange->number;
}

void Endpoint::advance(Time now) {
    now_ = now;
    for (const auto& late : late_->take()) complete(late);
    while (auto* exchange = exchanges_.take_due(now_)) act(*exchange);
    count_memory();
}

/// Several endpoints share the metrics, so each adds what changed.
void Endpoint::count_memory() {
    const auto bytes = static_cast<std::int64_t>(memory_.used());
    around_.metrics.remembered_bytes.add(bytes - std::exchange(remembered_bytes_, bytes));
    const auto dropped = memory_.dropped_early();
    around_.metrics.forgotten.add(
        static_cast<std::int64_t>(dropped - std::exchange(forgotten_, dropped)));
}

void Endpoint::complete(const LateAnswers::Late& late) {
    auto* exchange = exchanges_.find(late.exchange);
    const bool waits = exchange != nullptr && exchange->state == Exchange::State::Unanswered;
    if (!waits) return around_.metrics.late_answers.add();
    conclude(*exchange, late.outcome);
}

void Endpoint::conclude(Exchange& exchange, const Outcome& outcome) {
    auto& turn = exchange.turn;
    const auto* kind = std::get_if<sdk::ErrorKind>(&outcome);
    (kind == nullptr ? around_.metrics.answers : around_.metrics.refusals).add();
    const auto envelope = envelope_of(turn);
    const auto message =
        kind == nullptr
            ? responder_.command(turn, envelope, std::get<sdk::Bytes>(outcome), now_)
            : responder_.answer(
                  turn, envelope,
                  *kind == sdk::ErrorKind::Timeout ? answers::NoAnswer : refusal(*kind, turn.json),
                  now_);
    if (kind != nullptr) tell_refusal(turn, *kind);
    if (turn.acknowledged) return send_separately(exchange, message, envelope.id);
    deliver(turn, message);
    close(exchange);
}

void Endpoint::send_separately(Exchange& exchange, sdk::ByteView message, std::uint16_t id) {
    if (message.empty()) return close(exchange);
    around_.metrics.separate_answers.add();
    around_.wire.send(exchange.turn.peer(), message);
    exchanges_.sent(exchange, id, message);
    exchange.retransmissions_left = around_.limits.retransmissions;
    const auto first = around_.limits.retransmit;
    exchange.interval = first + first * (random_.next() % 512) / 1024;
    exchanges_.schedule(exchange, now_ + exchange.interval);
}

void Endpoint::act(Exchange& exchange) {
    if (exchange.state == Exchange::State::Unacknowledged) return retransmit(exchange);
    if (now_ < exchange.expires) return acknowledge(exchange);
    around_.metrics.answer_timeouts.add();
    conclude(exchange, sdk::ErrorKind::Timeout);
}

/// Tells the peer to stop repeating itself, and lets a duplicate hear the same.
void Endpoint::acknowledge(Exchange& exchange) {
    auto& turn = exchange.turn;
    const auto message = empty_message(Type::Acknowledgement, turn.received.id);
    if (turn.spend(message.size())) {
        deliver(turn, message);
        turn.acknowledged = true;
    }
    exchanges_.schedule(exchange, exchange.expires);
}

void Endpoint::retransmit(Exchange& exchange) {
    const bool may_send =
        exchange.retransmissions_left > 0 && exchange.turn.spend(exchange.answer.size());
    if (!may_send) {
        around_.metrics.given_up.add();
        return close(exchange);
    }
    --exchange.retransmissions_left;
    around_.metrics.retransmissions.add();
    around_.wire.send(exchange.turn.peer(), exchange.answer);
    exchange.interval *= 2;
    exchanges_.schedule(exchange, now_ + exchange.interval);
}

void Endpoint::close(Exchange& exchange) {
    around_.metrics.exchanges.add(-1);
    exchanges_.close(exchange);
}

}  // namespace ajour::coap
