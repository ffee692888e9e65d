// SPDX-License-Identifier: Apache-2.0
// Remembers what was answered to which datagram, so that a duplicate is answered without being
// processed (RFC 7252 section 4.5). A log in a ring of bytes: the oldest answers go first, nothing
// is allocated after the start, and no work is done per peer.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include "peer.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace ajour::coap {

/// A datagram that may come again.
struct Received {
    Peer peer;
    std::uint16_t id = 0;      ///< its message id
    std::uint64_t digest = 0;  ///< of all its bytes: a device that restarts may use an id again

    friend bool operator==(const Received&, const Received&) = default;
};

class AnswerMemory {
public:
    using Time = std::chrono::milliseconds;

    /// `bytes` is all that is ever remembered, `lifetime` how long at most.
    AnswerMemory(std::size_t bytes, Time lifetime, const SipKey& key);

    /// The answer; empty when there was none, nothing when the datagram is not known. Valid until
    /// the next `remember`.
    std::optional<sdk::ByteView> find(const Received& received, Time now) const noexcept;

    /// An answer larger than the ring is not remembered.
    void remember(const Received& received, sdk::ByteView answer, Time now) noexcept;

    /// Bytes of the ring that are taken.
    std::size_t used() const noexcept { return end_ - begin_; }
    /// Answers that had to go before their lifetime was over, ever.
    std::uint64_t dropped_early() const noexcept { return dropped_early_; }

    /// Bytes that one answer takes besides its own.
    static std::size_t overhead() noexcept;

private:
    struct Record;
    using Position = std::uint64_t;  ///< bytes since the start of the log; 0 is before all

    std::size_t bucket_of(const Received& received) const noexcept;
    std::uint8_t* at(Position position) const noexcept;
    Record read(Position position) const noexcept;
    void drop_until(Position end, Time now) noexcept;
    void skip_to_start_of_ring(Time now) noexcept;

    const SipKey key_;
    const std::size_t bytes_;
    const Time lifetime_;
    std::unique_ptr<std::uint8_t[]> ring_;
    std::vector<Position> newest_;  ///< of each bucket
    Position begin_;                ///< of the oldest record
    Position end_;                  ///< where the next one goes
    std::uint64_t dropped_early_ = 0;
};

}  // namespace ajour::coap
