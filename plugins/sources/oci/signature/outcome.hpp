// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/bytes.hpp>

#include "signature/trusted_keys.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ajour::oci {

/// What became of one signature.
struct Outcome {
    std::string key;     ///< id of the key that made it; empty: it is not good
    std::string digest;  ///< that it is of
    std::string reason;  ///< why it is not good

    bool is_good() const { return !key.empty(); }
};

inline Outcome not_good(std::string reason) {
    return {{}, {}, std::move(reason)};
}

/// The key that made a signature of these bytes, or null.
inline const PublicKey* signer_of(std::string_view message, std::string_view signature,
                                  const TrustedKeys& keys) {
    for (const auto& key : keys) {
        if (key.verifies(message, sdk::bytes_of(signature))) return &key;
    }
    return nullptr;
}

inline std::string by_none_of(const TrustedKeys& keys) {
    return "it is by none of the " + std::to_string(keys.size()) + " trusted keys";
}

/// The longest signature that is tried: of RSA with 8192 bits.
inline constexpr std::size_t SignatureBytes = 1024;

}  // namespace ajour::oci
