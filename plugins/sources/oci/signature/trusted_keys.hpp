// SPDX-License-Identifier: Apache-2.0
// The public keys that signatures are checked with.
#pragma once

#include <ajour/sdk/result.hpp>

#include "crypto/public_key.hpp"

#include <filesystem>
#include <string_view>
#include <vector>

namespace ajour::oci {

using TrustedKeys = std::vector<PublicKey>;

/// Keys of one PEM text, one "PUBLIC KEY" after another; 1 to 16 of them. Malformed: none, too
/// many, or one that is broken or of a kind that is not taken.
sdk::Result<TrustedKeys> parse_keys(std::string_view pem);

/// The same from a file; the error names it.
sdk::Result<TrustedKeys> read_keys(const std::filesystem::path& file);

}  // namespace ajour::oci
