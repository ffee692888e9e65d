// SPDX-License-Identifier: Apache-2.0
// Turns whose answer did not come at once, and answers that their peer has yet to acknowledge (RFC
// 7252 section 4.2). Knows times, but no socket and no host.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include "turn.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

namespace ajour::coap {

struct Exchange {
    using Time = std::chrono::milliseconds;
    enum class State : std::uint8_t {
        Unanswered,      ///< the host has the status
        Unacknowledged,  ///< the answer was sent in a message of its own
    };

    std::uint64_t number = 0;
    Turn turn;
    State state = State::Unanswered;
    Time expires{0};  ///< when the host's time is up
    Time due{0};      ///< of the next thing to do
    Time interval{0};
    int retransmissions_left = 0;
    std::uint16_t answer_id = 0;
    sdk::Bytes answer;
};

class Exchanges {
public:
    using Time = Exchange::Time;

    Exchanges(std::size_t most, const SipKey& key);

    /// Null when there are too many.
    Exchange* open(const Turn& turn);
    Exchange* find(std::uint64_t number);
    /// The exchange whose answer went out under that id.
    Exchange* find_answer(const Peer& peer, std::uint16_t id);
    /// The exchange of a datagram that the host has not answered yet.
    Exchange* find_unanswered(const Received& received);
    void close(Exchange& exchange);

    /// Sets when something is to be done about an exchange.
    void schedule(Exchange& exchange, Time due);
    /// Marks the answer as sent under an id.
    void sent(Exchange& exchange, std::uint16_t id, sdk::ByteView answer);

    /// An exchange whose time has come; its time is taken away. Null when there is none.
    Exchange* take_due(Time now);
    std::optional<Time> next_due() const noexcept;
    std::size_t count() const noexcept { return by_number_.size(); }
    /// How many the host has yet to answer.
    std::size_t unanswered() const noexcept { return unanswered_; }

private:
    struct Key {
        Peer peer;
        std::uint16_t id = 0;
        bool is_answer = false;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct Hash {
        SipKey key;
        std::size_t operator()(const Key& value) const noexcept {
            SipHash hash(key);
            value.peer.add_to(hash);
            return hash.add(std::uint64_t{value.id} << 1 | (value.is_answer ? 1U : 0U)).finish();
        }
    };

    static Key key_of(const Exchange& exchange) noexcept;
    Exchange* find(const Key& key);
    void forget(const Exchange& exchange);

    const std::size_t most_;
    std::uint64_t last_number_ = 0;
    std::size_t unanswered_ = 0;
    std::unordered_map<std::uint64_t, Exchange> by_number_;
    std::unordered_map<Key, std::uint64_t, Hash> by_id_;
    std::set<std::pair<Time, std::uint64_t>> due_;
};

}  // namespace ajour::coap
