// SPDX-License-Identifier: Apache-2.0
// A short keyed digest by which a credential that was found right is known again without being
// kept.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include <array>
#include <cstdint>

namespace ajour::digest {

/// SipHash-2-4 of 128 bits under a key that is random per object and never leaves it. Two different
/// credentials share a tag with a chance of 2^-128. Under a microsecond for a password; allocates
/// only at a thread's first call. Thread-safe.
class CredentialTag {
public:
    using Tag = std::array<std::uint8_t, 16>;

    /// Throws std::runtime_error when there is no randomness.
    CredentialTag();
    ~CredentialTag();
    CredentialTag(const CredentialTag&) = delete;
    CredentialTag& operator=(const CredentialTag&) = delete;

    /// Throws std::bad_alloc when a thread's first call finds no memory.
    Tag tag(sdk::ByteView credential) const;

private:
    std::array<std::uint8_t, 16> key_{};
};

}  // namespace ajour::digest
