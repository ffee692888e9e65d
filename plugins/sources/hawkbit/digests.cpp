// SPDX-License-Identifier: Apache-2.0
#include "digests.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace ajour::hawkbit {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

std::string hex(const unsigned char* bytes, std::size_t count) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text.push_back(digits[bytes[i] >> 4]);
        text.push_back(digits[bytes[i] & 15]);
    }
    return text;
}

}  // namespace

struct Digests::Hash {
    const char* name;
    std::string promised;
    std::unique_ptr<EVP_MD_CTX, FreeContext> context{EVP_MD_CTX_new()};

    Hash(const char* hash, const EVP_MD* kind, std::string expected)
        : name(hash), promised(std::move(expected)) {
        if (!context || EVP_DigestInit_ex(context.get(), kind, nullptr) != 1) {
            throw std::runtime_error(std::string("OpenSSL has no ") + name);
        }
    }

    std::string finish() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
        unsigned int size = 0;
        EVP_DigestFinal_ex(context.get(), bytes.data(), &size);
        return hex(bytes.data(), size);
    }
};

Digests::Digests(Hashes promised) : promised_(std::move(promised)) {
    hashes_.emplace_back("SHA-256", EVP_sha256(), promised_.sha256);
    if (!promised_.sha1.empty()) hashes_.emplace_back("SHA-1", EVP_sha1(), promised_.sha1);
    if (!promised_.md5.empty()) hashes_.emplace_back("MD5", EVP_md5(), promised_.md5);
}

Digests::~Digests() = default;
Digests::Digests(Digests&&) noexcept = default;

void Digests::update(sdk::ByteView bytes) {
    for (auto& hash : hashes_) EVP_DigestUpdate(hash.context.get(), bytes.data(), bytes.size());
    size_ += bytes.size();
}

Result<void> Digests::finish() {
    Result<void> result;
    for (auto& hash : hashes_) {
        const auto found = hash.finish();
        if (&hash == &hashes_.front()) sha256_ = found;
        if (result && !hash.promised.empty() && found != hash.promised) {
            result = Error{ErrorKind::Mismatch, "the image has " + std::string(hash.name) + " " +
                                                    found + ", expected " + hash.promised};
        }
    }
    return result;
}

}  // namespace ajour::hawkbit
