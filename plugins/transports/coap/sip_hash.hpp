// SPDX-License-Identifier: Apache-2.0
// SipHash-2-4: a keyed hash of 64 bits that strangers cannot foretell. Pure.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include <array>
#include <cstdint>

namespace ajour::coap {

using SipKey = std::array<std::uint64_t, 2>;

/// Takes bytes piece by piece. What is hashed is the pieces one behind the other.
class SipHash {
public:
    explicit SipHash(const SipKey& key) noexcept;

    SipHash& add(sdk::ByteView bytes) noexcept;
    SipHash& add(std::uint64_t number) noexcept;

    /// The hash of all that was added. Ends the use.
    std::uint64_t finish() noexcept;

private:
    void compress(std::uint64_t word) noexcept;
    void round() noexcept;

    std::uint64_t v0_, v1_, v2_, v3_;
    std::uint64_t tail_ = 0;  ///< bytes that make no whole word yet
    std::uint64_t length_ = 0;
};

}  // namespace ajour::coap
