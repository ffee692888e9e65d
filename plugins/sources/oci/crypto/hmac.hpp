// SPDX-License-Identifier: Apache-2.0
// HMAC-SHA256 (RFC 2104), and comparing what must not be guessed.
#pragma once

#include <ajour/sdk/release.hpp>

#include <string_view>

namespace ajour::oci {

sdk::Sha256 hmac_of(std::string_view secret, std::string_view message);

/// In a time that tells nothing of where they differ.
bool same_secret(std::string_view a, std::string_view b) noexcept;

}  // namespace ajour::oci
