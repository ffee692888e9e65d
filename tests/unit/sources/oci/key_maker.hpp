// SPDX-License-Identifier: Apache-2.0
// Makes keys and signatures by OpenSSL, for what cosign would not make.
#pragma once

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <memory>
#include <string>
#include <string_view>

namespace ajour::oci {

class MadeKey {
public:
    static MadeKey curve(const char* name) { return MadeKey(EVP_EC_gen(name)); }
    static MadeKey rsa(unsigned bits) { return MadeKey(EVP_RSA_gen(bits)); }
    static MadeKey ed25519() { return MadeKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")); }

    std::string pem() const {
        const auto bio = std::shared_ptr<BIO>(BIO_new(BIO_s_mem()), BIO_free);
        PEM_write_bio_PUBKEY(bio.get(), key_.get());
        return text_of(bio.get());
    }
    std::string private_pem() const {
        const auto bio = std::shared_ptr<BIO>(BIO_new(BIO_s_mem()), BIO_free);
        PEM_write_bio_PrivateKey(bio.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
        return text_of(bio.get());
    }
    /// With no digest for Ed25519.
    std::string sign(std::string_view message, const EVP_MD* digest = EVP_sha256()) const {
        const auto context = std::shared_ptr<EVP_MD_CTX>(EVP_MD_CTX_new(), EVP_MD_CTX_free);
        EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get());
        std::size_t length = 0;
        const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
        EVP_DigestSign(context.get(), nullptr, &length, bytes, message.size());
        std::string signature(length, '\0');
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                       bytes, message.size());
        signature.resize(length);
        return signature;
    }

private:
    explicit MadeKey(EVP_PKEY* key) : key_(key, EVP_PKEY_free) {}

    static std::string text_of(BIO* bio) {
        char* bytes = nullptr;
        const auto length = BIO_get_mem_data(bio, &bytes);
        return std::string(bytes, static_cast<std::size_t>(length));
    }

    std::shared_ptr<EVP_PKEY> key_;
};

inline std::string base64_of(const std::string& bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                    reinterpret_cast<const unsigned char*>(bytes.data()),
                    static_cast<int>(bytes.size()));
    text.pop_back();
    return text;
}

}  // namespace ajour::oci
