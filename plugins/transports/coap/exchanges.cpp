// SPDX-License-Identifier: Apache-2.0
#include "exchanges.hpp"

namespace ajour::coap {

Exchanges::Exchanges(std::size_t most, const SipKey& key) : most_(most), by_id_(0, Hash{key}) {}

Exchange* Exchanges::open(const Turn& turn) {
    if (by_number_.size() >= most_) return nullptr;
    auto& exchange = by_number_[++last_number_];
    exchange.number = last_number_;
    exchange.turn = turn;
    ++unanswered_;
    by_id_[key_of(exchange)] = exchange.number;
    return &exchange;
}

Exchange* Exchanges::find(std::uint64_t number) {
    const auto found = by_number_.find(number);
    return found == by_number_.end() ? nullptr : &found->second;
}

Exchange* Exchanges::find(const Key& key) {
    const auto found = by_id_.find(key);
    return found == by_id_.end() ? nullptr : find(found->second);
}

Exchange* Exchanges::find_answer(const Peer& peer, std::uint16_t id) {
    return find(Key{peer, id, true});
}

Exchange* Exchanges::find_unanswered(const Received& received) {
    auto* found = find(Key{received.peer, received.id, false});
    return found != nullptr && found->turn.received == received ? found : nullptr;
}

void Exchanges::close(Exchange& exchange) {
    if (exchange.state == Exchange::State::Unanswered) --unanswered_;
    forget(exchange);
    due_.erase({exchange.due, exchange.number});
    by_number_.erase(exchange.number);
}

void Exchanges::schedule(Exchange& exchange, Time due) {
    due_.erase({exchange.due, exchange.number});
    exchange.due = due;
    due_.insert({due, exchange.number});
}

void Exchanges::sent(Exchange& exchange, std::uint16_t id, sdk::ByteView answer) {
    forget(exchange);
    if (exchange.state == Exchange::State::Unanswered) --unanswered_;
    exchange.state = Exchange::State::Unacknowledged;
    exchange.answer_id = id;
    exchange.answer.assign(answer.begin(), answer.end());
    by_id_[key_of(exchange)] = exchange.number;
}

Exchange* Exchanges::take_due(Time now) {
    if (due_.empty() || due_.begin()->first > now) return nullptr;
    const auto number = due_.begin()->second;
    due_.erase(due_.begin());
    return find(number);
}

std::optional<Exchanges::Time> Exchanges::next_due() const noexcept {
    if (due_.empty()) return std::nullopt;
    return due_.begin()->first;
}

Exchanges::Key Exchanges::key_of(const Exchange& exchange) noexcept {
    const bool is_answer = exchange.state == Exchange::State::Unacknowledged;
    return {exchange.turn.peer(), is_answer ? exchange.answer_id : exchange.turn.received.id,
            is_answer};
}

/// An id that was used again belongs to the newer exchange.
void Exchanges::forget(const Exchange& exchange) {
    const auto found = by_id_.find(key_of(exchange));
    if (found != by_id_.end() && found->second == exchange.number) by_id_.erase(found);
}

}  // namespace ajour::coap
