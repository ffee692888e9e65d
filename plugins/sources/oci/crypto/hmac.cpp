// SPDX-License-Identifier: Apache-2.0
#include "crypto/hmac.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <new>

namespace ajour::oci {

sdk::Sha256 hmac_of(std::string_view secret, std::string_view message) {
    sdk::Sha256 result;
    unsigned length = 0;
    const auto* done = HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
                            reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                            result.bytes.data(), &length);
    if (done == nullptr || length != result.bytes.size()) throw std::bad_alloc();
    return result;
}

bool same_secret(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace ajour::oci
