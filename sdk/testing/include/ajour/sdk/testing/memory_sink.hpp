// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/bytes.hpp>

#include <cstdint>
#include <limits>

namespace ajour::sdk::contract {

/// Keeps what it is given. Past its room it answers Full, as the host does, and counts who goes on
/// writing.
class MemorySink final : public ByteSink {
public:
    explicit MemorySink(std::size_t room = std::numeric_limits<std::size_t>::max()) : room_(room) {}

    Result<void> write(ByteView bytes) noexcept override;

    const Bytes& bytes() const noexcept { return bytes_; }
    /// Whether a write was refused.
    bool refused() const noexcept { return refusals_ > 0; }
    /// Writes that came after the first refusal; a source must not make any.
    std::size_t writes_after_refusal() const noexcept { return refused() ? refusals_ - 1 : 0; }

private:
    std::size_t room_;
    std::size_t refusals_ = 0;
    Bytes bytes_;
};

}  // namespace ajour::sdk::contract
