// SPDX-License-Identifier: Apache-2.0
#include "digest/credential_tag.hpp"

#include "digest/random.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <memory>
#include <new>

namespace ajour::digest {

namespace {

struct FreeMac {
    void operator()(EVP_MAC_CTX* context) const noexcept { EVP_MAC_CTX_free(context); }
};
using MacContext = std::unique_ptr<EVP_MAC_CTX, FreeMac>;

MacContext make_context() {
    EVP_MAC* siphash = EVP_MAC_fetch(nullptr, "SIPHASH", nullptr);
    MacContext context(siphash == nullptr ? nullptr : EVP_MAC_CTX_new(siphash));
    EVP_MAC_free(siphash);
    std::size_t size = sizeof(CredentialTag::Tag);
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &size),
                                     OSSL_PARAM_construct_end()};
    if (!context || EVP_MAC_CTX_set_params(context.get(), parameters) != 1) throw std::bad_alloc();
    return context;
}

}  // namespace

CredentialTag::CredentialTag() {
    fill_randomly(key_);
}

CredentialTag::~CredentialTag() {
    OPENSSL_cleanse(key_.data(), key_.size());
}

CredentialTag::Tag CredentialTag::tag(sdk::ByteView credential) const {
    thread_local const MacContext context = make_context();
    Tag tag;
    std::size_t size = 0;
    if (EVP_MAC_init(context.get(), key_.data(), key_.size(), nullptr) != 1 ||
        EVP_MAC_update(context.get(), credential.data(), credential.size()) != 1 ||
        EVP_MAC_final(context.get(), tag.data(), &size, tag.size()) != 1 || size != tag.size()) {
        throw std::bad_alloc();
    }
    return tag;
}

}  // namespace ajour::digest
