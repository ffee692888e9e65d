// SPDX-License-Identifier: Apache-2.0
#include "crypto/prehashed.hpp"

#include <sodium.h>

namespace ajour::oci {

bool verifies_prehashed(const std::array<std::uint8_t, 32>& key, std::string_view message,
                        sdk::ByteView signature) {
    if (signature.size() != crypto_sign_BYTES || sodium_init() < 0) return false;
    const auto bytes = sdk::bytes_of(message);
    crypto_sign_state state;
    return crypto_sign_init(&state) == 0 &&
           crypto_sign_update(&state, bytes.data(), bytes.size()) == 0 &&
           crypto_sign_final_verify(&state, signature.data(), key.data()) == 0;
}

}  // namespace ajour::oci
