// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.hpp"

#include <openssl/evp.h>

#include <new>

namespace ajour::oci {

namespace {

EVP_MD_CTX* context_of(const std::shared_ptr<void>& context) {
    return static_cast<EVP_MD_CTX*>(context.get());
}

}  // namespace

Hash::Hash()
    : context_(EVP_MD_CTX_new(), [](void* c) { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(c)); }) {
    if (!context_ || EVP_DigestInit_ex(context_of(context_), EVP_sha256(), nullptr) != 1) {
        throw std::bad_alloc();
    }
}

void Hash::update(sdk::ByteView bytes) {
    EVP_DigestUpdate(context_of(context_), bytes.data(), bytes.size());
}

sdk::Sha256 Hash::finish() {
    sdk::Sha256 digest;
    EVP_DigestFinal_ex(context_of(context_), digest.bytes.data(), nullptr);
    return digest;
}

sdk::Sha256 hash_of(std::string_view bytes) {
    Hash hash;
    hash.update(sdk::bytes_of(bytes));
    return hash.finish();
}

}  // namespace ajour::oci
