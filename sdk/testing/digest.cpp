// SPDX-License-Identifier: Apache-2.0
#include "ajour/sdk/testing/digest.hpp"

#include <openssl/sha.h>

namespace ajour::sdk::contract {

Sha256 sha256_of(ByteView bytes) {
    Sha256 digest;
    SHA256(bytes.data(), bytes.size(), digest.bytes.data());
    return digest;
}

}  // namespace ajour::sdk::contract
