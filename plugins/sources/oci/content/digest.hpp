// SPDX-License-Identifier: Apache-2.0
// The syntax of digests, checked before one becomes a file name or a part of a URL. Pure.
#pragma once

#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include <string>
#include <string_view>

namespace ajour::oci {

/// "sha256:" and 64 lower-case hexadecimal digits, as it is given. Malformed names what is wrong;
/// other algorithms, sha512 too, are refused.
sdk::Result<std::string> parse_digest(std::string_view text);

bool is_digest(std::string_view text) noexcept;

/// The 64 digits of a digest that was checked.
std::string_view hex_of(std::string_view digest) noexcept;

/// The value of a digest that was checked.
sdk::Sha256 sha256_of(std::string_view digest) noexcept;

/// The other way around.
std::string digest_text(const sdk::Sha256& value);

}  // namespace ajour::oci
