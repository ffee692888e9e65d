// SPDX-License-Identifier: Apache-2.0
#include "crypto/public_key.hpp"

#include "crypto/hash.hpp"
#include "crypto/prehashed.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <utility>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

EVP_PKEY* key_of(const std::shared_ptr<void>& key) {
    return static_cast<EVP_PKEY*>(key.get());
}

std::string curve_of(EVP_PKEY* key) {
    std::array<char, 32> name{};
    if (EVP_PKEY_get_group_name(key, name.data(), name.size(), nullptr) != 1) return "EC";
    const std::string curve = name.data();
    if (curve == "prime256v1") return "P-256";
    if (curve == "secp384r1") return "P-384";
    return curve == "secp521r1" ? "P-521" : curve;
}

std::string kind_of(EVP_PKEY* key) {
    switch (EVP_PKEY_get_base_id(key)) {
        case EVP_PKEY_EC:
            return curve_of(key);
        case EVP_PKEY_ED25519:
            return "Ed25519";
        case EVP_PKEY_RSA:
            return "RSA-" + std::to_string(EVP_PKEY_get_bits(key));
        default:
            return "of another kind";
    }
}

bool is_taken(EVP_PKEY* key, const std::string& kind) {
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA) {
        return EVP_PKEY_get_bits(key) >= 2048 && EVP_PKEY_get_bits(key) <= 8192;
    }
    return kind == "P-256" || kind == "P-384" || kind == "P-521" || kind == "Ed25519";
}

std::string id_of(EVP_PKEY* key) {
    unsigned char* der = nullptr;
    const auto length = i2d_PUBKEY(key, &der);
    if (length <= 0) return {};
    const std::string bytes(reinterpret_cast<char*>(der), static_cast<std::size_t>(length));
    OPENSSL_free(der);
    return hash_of(bytes).hex().substr(0, 16);
}

/// A key in PEM may ask for a password, on the terminal unless somebody answers.
int no_password(char*, int, int, void*) {
    return -1;
}

EVP_PKEY* read_pem(std::string_view pem) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> input(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
    auto* key = input ? PEM_read_bio_PUBKEY(input.get(), nullptr, no_password, nullptr) : nullptr;
    ERR_clear_error();  // or the next user of OpenSSL on this thread finds it
    return key;
}

bool verifies_with(EVP_PKEY* key, const EVP_MD* digest, std::string_view message,
                   sdk::ByteView signature) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          &EVP_MD_CTX_free);
    const bool good = context &&
                      EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key) == 1 &&
                      EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                                       reinterpret_cast<const unsigned char*>(message.data()),
                                       message.size()) == 1;
    ERR_clear_error();
    return good;
}

std::array<std::uint8_t, 32> raw_key(EVP_PKEY* key) {
    std::array<std::uint8_t, 32> raw{};
    std::size_t length = raw.size();
    EVP_PKEY_get_raw_public_key(key, raw.data(), &length);
    return raw;
}

}  // namespace

Result<PublicKey> PublicKey::parse(std::string_view pem) {
    auto* read = read_pem(pem);
    if (read == nullptr) {
        return Error{ErrorKind::Malformed, "not a public key in PEM (\"PUBLIC KEY\")"};
    }
    PublicKey key;
    key.key_ = {read, [](void* k) { EVP_PKEY_free(static_cast<EVP_PKEY*>(k)); }};
    key.id_ = id_of(read);
    key.kind_ = kind_of(read);
    if (is_taken(read, key.kind_)) return key;
    return Error{ErrorKind::Refused, "the key is " + key.kind_ +
                                         ", expected P-256, P-384, P-521, Ed25519 or RSA of 2048 "
                                         "to 8192 bits"};
}

bool PublicKey::verifies(std::string_view message, sdk::ByteView signature) const {
    auto* key = key_of(key_);
    if (kind_ == "Ed25519") {
        return verifies_with(key, nullptr, message, signature) ||
               verifies_prehashed(raw_key(key), message, signature);
    }
    if (verifies_with(key, EVP_sha256(), message, signature)) return true;
    // Newer signers take the digest that is as strong as the curve.
    if (kind_ == "P-384") return verifies_with(key, EVP_sha384(), message, signature);
    return kind_ == "P-521" && verifies_with(key, EVP_sha512(), message, signature);
}

}  // namespace ajour::oci
