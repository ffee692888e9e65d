// SPDX-License-Identifier: Apache-2.0
// One signature by cosign's tag scheme: a layer's bytes, and the signature in its annotation. Pure.
#pragma once

#include "signature/outcome.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ajour::oci {

inline constexpr const char* SimpleSigningType = "application/vnd.dev.cosign.simplesigning.v1+json";
inline constexpr const char* SignatureAnnotation = "dev.cosignproject.cosign/signature";

/// Whether the payload was signed by a key, and is of one of the digests. It is parsed only after
/// the signature was found good.
Outcome check_simple_signing(std::string_view payload, std::string_view signature_base64,
                             const std::vector<std::string>& digests, const TrustedKeys& keys);

}  // namespace ajour::oci
