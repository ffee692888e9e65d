// SPDX-License-Identifier: Apache-2.0
// The body of a request, also when it comes in blocks (RFC 7959 section 2.5). Bounded.
#pragma once

#include "answer.hpp"
#include "block.hpp"
#include "transfers.hpp"

#include <variant>

namespace ajour::coap {

class RequestBodies {
public:
    using Time = std::chrono::milliseconds;

    /// At most `transfers` bodies at once, each of at most `bytes`.
    RequestBodies(std::size_t transfers, std::size_t bytes, Time lifetime, const SipKey& key)
        : bytes_(bytes), transfers_(transfers, lifetime, key) {}

    /// The whole body, valid until the next call; or what to answer: Continue when more is to come.
    std::variant<sdk::ByteView, const Answer*> take(const Transfer& transfer,
                                                    const std::optional<Block>& block,
                                                    sdk::ByteView payload, Time now);

    std::size_t most_bytes() const noexcept { return bytes_; }
    /// Whether the last call made another transfer go.
    bool has_evicted() const noexcept { return evicted_; }

private:
    const std::size_t bytes_;
    Transfers transfers_;
    sdk::Bytes whole_;
    bool evicted_ = false;
};

}  // namespace ajour::coap
