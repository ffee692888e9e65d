// SPDX-License-Identifier: Apache-2.0
// A public key that checks signatures. With hash.cpp the plugin's door to OpenSSL.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace ajour::oci {

/// P-256, P-384, P-521, Ed25519, or RSA of 2048 to 8192 bits. Copies share the key, which does not
/// change; may be used by many threads.
class PublicKey {
public:
    /// Reads one "PUBLIC KEY" in PEM. Malformed: it is none; Refused: of a kind that is not taken.
    static sdk::Result<PublicKey> parse(std::string_view pem);

    /// The first 16 hexadecimal digits of the SHA-256 of the key (DER, SubjectPublicKeyInfo).
    const std::string& id() const noexcept { return id_; }

    /// "P-256", "Ed25519", "RSA-3072", ...
    const std::string& kind() const noexcept { return kind_; }

    /// Whether a signature is of these bytes and by this key. ECDSA over SHA-256 in DER, with the
    /// larger curves over SHA-384 and SHA-512 as well; RSA PKCS #1 v1.5 over SHA-256; Ed25519 and
    /// Ed25519ph.
    bool verifies(std::string_view message, sdk::ByteView signature) const;

private:
    PublicKey() = default;

    std::shared_ptr<void> key_;  // an EVP_PKEY
    std::string id_, kind_;
};

}  // namespace ajour::oci
