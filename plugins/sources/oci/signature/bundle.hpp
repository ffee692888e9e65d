// SPDX-License-Identifier: Apache-2.0
// One signature as a sigstore bundle (v0.3): an in-toto statement in a DSSE envelope. Pure.
#pragma once

#include "signature/outcome.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ajour::oci {

inline constexpr std::string_view BundleTypePrefix = "application/vnd.dev.sigstore.bundle";

/// Whether the bundle's statement was signed by a key, and is of one of the digests. It is parsed
/// only after the signature was found good.
Outcome check_bundle(std::string_view bundle, const std::vector<std::string>& digests,
                     const TrustedKeys& keys);

/// The bytes that a DSSE signature is of ("pre-authentication encoding").
std::string dsse_message(std::string_view type, std::string_view payload);

}  // namespace ajour::oci
