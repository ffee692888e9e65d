// SPDX-License-Identifier: Apache-2.0
// Whether a manifest was signed by a key that is trusted: cosign's key-based signatures, as a tag
// `sha256-<hex>.sig` and as a bundle (v0.3) that refers to the manifest. No certificates, no Rekor.
#pragma once

#include <ajour/sdk/result.hpp>

#include "content/repository.hpp"
#include "signature/trusted_keys.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ajour::oci {

/// What was found out about the signatures of a manifest.
struct Verdict {
    enum class Kind : std::uint8_t {
        Signed,    ///< by the key `key`; whatever else there is does not spoil it
        Unsigned,  ///< there is no signature at all
        Wrong,     ///< there are signatures, and none of them is good
    };
    Kind kind = Kind::Unsigned;
    std::string key;     ///< id of the key, when Signed
    std::string digest;  ///< which of the digests was signed, when Signed
    std::string reason;  ///< for people; why not, unless Signed
};

/// Looks for a good signature of any of the digests (of the manifest that was chosen, and of the
/// index that led to it) by any of the keys. An Error means that the OCI registry could not say:
/// nothing is known then. The caller remembers verdicts; one costs a few requests.
sdk::Result<Verdict> check_signatures(Repository& repository,
                                      const std::vector<std::string>& digests,
                                      const TrustedKeys& keys);

}  // namespace ajour::oci
