// SPDX-License-Identifier: Apache-2.0
#include "digest/sha256.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <new>

namespace ajour::digest {

using sdk::Error;
using sdk::ErrorKind;

namespace {

void require(int openssl_result) {
    if (openssl_result != 1) throw std::bad_alloc();
}

int nibble(char digit) noexcept {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

}  // namespace

struct Sha256Stream::Context {
    Context() : evp(EVP_MD_CTX_new()) {
        if (evp == nullptr) throw std::bad_alloc();
    }
    ~Context() { EVP_MD_CTX_free(evp); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    void begin() { require(EVP_DigestInit_ex(evp, EVP_sha256(), nullptr)); }

    EVP_MD_CTX* evp;
};

Sha256Stream::Sha256Stream() : context_(std::make_unique<Context>()) {
    context_->begin();
}
Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;

void Sha256Stream::update(sdk::ByteView bytes) {
    require(EVP_DigestUpdate(context_->evp, bytes.data(), bytes.size()));
}

sdk::Sha256 Sha256Stream::finish() {
    sdk::Sha256 digest;
    require(EVP_DigestFinal_ex(context_->evp, digest.bytes.data(), nullptr));
    context_->begin();
    return digest;
}

sdk::Sha256 sha256(sdk::ByteView bytes) {
    sdk::Sha256 digest;
    SHA256(bytes.data(), bytes.size(), digest.bytes.data());
    return digest;
}

sdk::Result<sdk::Sha256> parse_hex(std::string_view text) {
    constexpr std::string_view prefix = "sha256:";
    if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
    sdk::Sha256 digest;
    if (text.size() != 2 * digest.bytes.size()) {
        return Error{ErrorKind::Malformed, "a SHA-256 of " + std::to_string(text.size()) +
                                               " characters, expected 64 hexadecimal digits"};
    }
    for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
        const int high = nibble(text[2 * i]);
        const int low = nibble(text[2 * i + 1]);
        if (high < 0 || low < 0) {
            return Error{ErrorKind::Malformed,
                         "a SHA-256 with something else than hexadecimal "
                         "digits near character " +
                             std::to_string(2 * i)};
        }
        digest.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return digest;
}

}  // namespace ajour::digest
