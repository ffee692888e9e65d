// SPDX-License-Identifier: Apache-2.0
// A request on its way to its answer.
#pragma once

#include "answer_memory.hpp"
#include "block.hpp"
#include "message.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>

namespace ajour::coap {

/// At most 8 bytes that an answer repeats.
class Token {
public:
    Token() = default;
    explicit Token(sdk::ByteView bytes) noexcept
        : size_(static_cast<std::uint8_t>(std::min(bytes.size(), bytes_.size()))) {
        std::copy_n(bytes.begin(), size_, bytes_.begin());
    }
    sdk::ByteView view() const noexcept { return sdk::ByteView(bytes_).first(size_); }

private:
    std::array<std::uint8_t, 8> bytes_{};
    std::uint8_t size_ = 0;
};

struct Turn {
    static constexpr std::uint32_t no_bound = std::numeric_limits<std::uint32_t>::max();

    Received received;
    Type type = Type::Confirmable;
    Token token;
    std::uint64_t request =
        0;  ///< digest of what the request asks for, the same for all its blocks
    std::optional<Block> block1;            ///< of the request, to be repeated
    std::optional<Block> block2;            ///< the size that the peer asked for, and the block
    std::uint32_t allowance = no_bound;     ///< bytes that may still be sent to the peer for this
    std::chrono::milliseconds patience{0};  ///< for the host's answer
    bool json = false;                      ///< the status calls itself JSON
    bool acknowledged = false;              ///< an empty acknowledgement was sent
    bool for_another = false;               ///< the status is of another device than its sender

    const Peer& peer() const noexcept { return received.peer; }
    bool is_proven() const noexcept { return allowance == no_bound; }

    /// Takes bytes from the allowance. False when there are too few.
    bool spend(std::size_t bytes) noexcept {
        if (is_proven()) return true;
        if (bytes > allowance) return false;
        allowance -= static_cast<std::uint32_t>(bytes);
        return true;
    }
};

}  // namespace ajour::coap
