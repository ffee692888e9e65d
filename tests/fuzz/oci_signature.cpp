// SPDX-License-Identifier: Apache-2.0
// Any bytes as signatures, as what was signed (by a key that is trusted: that is read further), as
// bundles and as key files. Only what names the digest is good.
#include "signature/bundle.hpp"
#include "signature/simple_signing.hpp"
#include "unit/sources/oci/key_maker.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace ajour::oci;

const std::string hex(64, 'a');
const std::string in_toto = "application/vnd.in-toto+json";

void require(bool holds) {
    if (!holds) std::abort();
}

const MadeKey& key() {
    static const auto made = MadeKey::ed25519();
    return made;
}

const TrustedKeys& keys() {
    static const auto trusted = *parse_keys(key().pem());
    return trusted;
}

/// Only a text that names the digest can be good.
void require_honest(const Outcome& outcome, const std::string& text) {
    if (outcome.is_good()) {
        require(outcome.digest == "sha256:" + hex && outcome.reason.empty());
        require(text.find("aaaa") != std::string::npos || text.find("\\u") != std::string::npos);
    } else {
        require(!outcome.reason.empty() && outcome.reason.size() <= 1024);
    }
}

std::string bundle_of(const std::string& payload) {
    const auto signature = key().sign(dsse_message(in_toto, payload), nullptr);
    return R"({"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","dsseEnvelope":{)"
           R"("payloadType":")" +
           in_toto + R"(","payload":")" + base64_of(payload) + R"(","signatures":[{"sig":")" +
           base64_of(signature) + R"("}]}})";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::vector<std::string> digests = {"sha256:" + hex};
    switch (data[0] % 5) {
        case 0:
            require_honest(
                check_simple_signing(text, base64_of(key().sign(text, nullptr)), digests, keys()),
                text);
            break;
        case 1:
            require_honest(check_bundle(bundle_of(text), digests, keys()), text);
            break;
        case 2:
            require(!check_bundle(text, digests, keys()).is_good());
            break;
        case 3:
            require(!check_simple_signing("{}", text, digests, keys()).is_good());
            break;
        default: {
            const auto parsed = parse_keys(text);
            require(parsed ? !parsed->empty() && parsed->size() <= 16
                           : parsed.error().text.size() <= 1024);
        }
    }
    return 0;
}
