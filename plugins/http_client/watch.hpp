// SPDX-License-Identifier: Apache-2.0
// How long a request may take, or go without bringing anything. Pure: the time is given.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace ajour::http_client {

using Instant = std::chrono::steady_clock::time_point;

class Watch {
public:
    static constexpr std::uint64_t least = 1024;  ///< bytes of each stretch of `stall`

    /// For all hops of a request together.
    static Watch until(Instant deadline) { return Watch(deadline, std::nullopt, {}); }
    static Watch stalls(Instant now, std::chrono::seconds stall) {
        return Watch(std::nullopt, stall, now);
    }

    /// Whether it took too long, when `received` bytes have come since the last `begin_hop`.
    bool is_over(Instant now, std::uint64_t received);

    /// How long it may go on without a look at it.
    std::chrono::milliseconds left(Instant now) const;

    void begin_hop(Instant now) noexcept {
        since_ = now;
        counted_ = 0;
    }

    bool is_stall() const noexcept { return stall_.has_value(); }

private:
    Watch(std::optional<Instant> deadline, std::optional<std::chrono::seconds> stall, Instant since)
        : deadline_(deadline), stall_(stall), since_(since) {}

    std::optional<Instant> deadline_;
    std::optional<std::chrono::seconds> stall_;
    Instant since_{};
    std::uint64_t counted_ = 0;  // bytes that had come at `since_`
};

}  // namespace ajour::http_client
