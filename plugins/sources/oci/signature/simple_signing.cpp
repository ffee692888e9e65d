// SPDX-License-Identifier: Apache-2.0
#include "signature/simple_signing.hpp"

#include "content/base64.hpp"
#include "json/members.hpp"

#include <algorithm>

namespace ajour::oci {

using sdk::Result;

namespace {

constexpr std::size_t TextBytes = 4096;

/// The digest that a payload is of.
Result<std::string> digest_in(std::string_view payload) {
    const auto root = parse_object(payload);
    if (!root) return root.error();
    const auto* critical = root->member("critical");
    if (critical == nullptr) return unexpected(*root, "critical", "an object");
    const auto type = required_text(*critical, "type", TextBytes);
    if (!type) return type.error();
    if (*type != "cosign container image signature") {
        return unexpected(*critical, "type", "\"cosign container image signature\"");
    }
    const auto* image = critical->member("image");
    if (image == nullptr) return unexpected(*critical, "image", "an object");
    return required_text(*image, "docker-manifest-digest", TextBytes);
}

}  // namespace

Outcome check_simple_signing(std::string_view payload, std::string_view signature_base64,
                             const std::vector<std::string>& digests, const TrustedKeys& keys) {
    if (signature_base64.empty()) return not_good("it has no signature annotation");
    if (signature_base64.size() > 2 * SignatureBytes) return not_good("it is too long");
    const auto signature = decode_base64(signature_base64);
    if (!signature) return not_good("it is not base64");
    const auto* signer = signer_of(payload, *signature, keys);
    if (signer == nullptr) return not_good(by_none_of(keys));
    const auto digest = digest_in(payload);
    if (!digest) return not_good("its payload: " + digest.error().text);
    if (std::find(digests.begin(), digests.end(), *digest) == digests.end()) {
        return not_good("it is of another manifest, " + printable(*digest));
    }
    return {signer->id(), *digest, {}};
}

}  // namespace ajour::oci
