// SPDX-License-Identifier: Apache-2.0
// Passwords as registries store them: plain, bcrypt, or SHA-512-crypt. Knows no devices.
#pragma once

#include <ajour/sdk/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace ajour::digest {

/// How a stored password is to be read; Drogue's words for them are the same.
enum class StoredKind : std::uint8_t {
    Plain,
    Bcrypt,  ///< $2a$, $2b$ or $2y$, of a cost up to 14
    Sha512,  ///< $6$ (SHA-crypt), of at most 1,000,000 rounds
};

/// Whether `given` is the password. False, too, for a stored text that is not of its kind or would
/// cost more than those bounds, and for given ones beyond 511 bytes or with a NUL. Takes
/// milliseconds to a second for hashed kinds: call it where waiting is fine. Thread-safe.
bool password_matches(StoredKind kind, std::string_view stored, std::string_view given) noexcept;

/// A bcrypt hash of cost 10. Malformed: empty, longer than the 72 bytes that bcrypt looks at, or
/// with a NUL.
sdk::Result<std::string> hash_password(std::string_view password);

}  // namespace ajour::digest
