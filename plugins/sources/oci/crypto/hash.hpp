// SPDX-License-Identifier: Apache-2.0
// SHA-256 of bytes that come piece by piece.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/release.hpp>

#include <memory>
#include <string_view>

namespace ajour::oci {

class Hash {
public:
    Hash();
    void update(sdk::ByteView bytes);
    /// Of all bytes so far; ends the hash.
    sdk::Sha256 finish();

private:
    std::shared_ptr<void> context_;  // an EVP_MD_CTX
};

sdk::Sha256 hash_of(std::string_view bytes);

}  // namespace ajour::oci
