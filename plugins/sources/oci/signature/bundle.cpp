// SPDX-License-Identifier: Apache-2.0
#include "signature/bundle.hpp"

#include "content/base64.hpp"
#include "content/digest.hpp"
#include "json/members.hpp"

#include <algorithm>
#include <utility>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t BundleBytes = 1U << 20;
constexpr std::size_t PayloadBytes = 512U << 10;
constexpr std::size_t TextBytes = 4096;
constexpr std::size_t SignaturesMax = 8, SubjectsMax = 64;
constexpr const char* PayloadType = "application/vnd.in-toto+json";
constexpr const char* StatementType = "https://in-toto.io/Statement/v1";
constexpr const char* PredicateType = "https://sigstore.dev/cosign/sign/v1";

struct Envelope {
    std::string payload;
    std::vector<std::string> signatures;
    bool keyless = false;
};

Result<void> require(const Value& object, const char* name, const char* expected) {
    const auto text = required_text(object, name, TextBytes);
    if (!text) return text.error();
    if (*text == expected) return {};
    return unexpected(object, name, '"' + std::string(expected) + '"');
}

Result<std::string> decoded(const Value& object, const char* name, std::size_t max) {
    const auto text = required_text(object, name, max);
    if (!text) return text;
    auto bytes = decode_base64(*text);
    if (bytes) return std::move(*bytes);
    return unexpected(object, name, "base64");
}

Result<std::vector<std::string>> read_signatures(const Value& envelope) {
    const auto list = optional_list(envelope, "signatures", SignaturesMax);
    if (!list) return list.error();
    if (*list == nullptr) return unexpected(envelope, "signatures", "a list");
    std::vector<std::string> signatures;
    for (const auto& entry : **list) {
        auto signature = decoded(entry, "sig", 2 * SignatureBytes);
        if (!signature) return signature.error();
        signatures.push_back(std::move(*signature));
    }
    return signatures;
}

/// From a certificate's owner instead of a key: Fulcio's are checked by nobody here.
bool is_keyless(const Value& root) {
    const auto* material = root.member("verificationMaterial");
    return material != nullptr && (material->member("certificate") != nullptr ||
                                   material->member("x509CertificateChain") != nullptr);
}

Result<Envelope> read_envelope(std::string_view bundle) {
    const auto root = parse_object(bundle, {BundleBytes});
    if (!root) return root.error();
    const auto type = required_text(*root, "mediaType", TextBytes);
    if (!type) return type.error();
    if (!type->starts_with(BundleTypePrefix)) {
        return unexpected(*root, "mediaType", "a sigstore bundle");
    }
    const auto* envelope = root->member("dsseEnvelope");
    if (envelope == nullptr) return unexpected(*root, "dsseEnvelope", "an object");
    if (auto typed = require(*envelope, "payloadType", PayloadType); !typed) return typed.error();
    auto payload = decoded(*envelope, "payload", PayloadBytes);
    if (!payload) return payload.error();
    auto signatures = read_signatures(*envelope);
    if (!signatures) return signatures.error();
    return Envelope{std::move(*payload), std::move(*signatures), is_keyless(*root)};
}

/// The SHA-256 digests that a statement is of.
Result<std::vector<std::string>> subjects_of(std::string_view payload) {
    const auto root = parse_object(payload);
    if (!root) return root.error();
    if (auto typed = require(*root, "_type", StatementType); !typed) return typed.error();
    if (auto said = require(*root, "predicateType", PredicateType); !said) return said.error();
    const auto list = optional_list(*root, "subject", SubjectsMax);
    if (!list) return list.error();
    if (*list == nullptr) return unexpected(*root, "subject", "a list");
    std::vector<std::string> digests;
    for (const auto& subject : **list) {
        const auto* digest = subject.member("digest");
        const auto* hex = digest == nullptr ? nullptr : digest->member("sha256");
        if (hex != nullptr && hex->text() != nullptr) digests.push_back("sha256:" + *hex->text());
    }
    return digests;
}

const PublicKey* signer_of(const Envelope& envelope, const TrustedKeys& keys) {
    const auto message = dsse_message(PayloadType, envelope.payload);
    for (const auto& signature : envelope.signatures) {
        const auto* signer = signer_of(message, signature, keys);
        if (signer != nullptr) return signer;
    }
    return nullptr;
}

}  // namespace

std::string dsse_message(std::string_view type, std::string_view payload) {
    std::string message = "DSSEv1 ";
    message += std::to_string(type.size()) + " ";
    message += type;
    message += " " + std::to_string(payload.size()) + " ";
    message += payload;
    return message;
}

Outcome check_bundle(std::string_view bundle, const std::vector<std::string>& digests,
                     const TrustedKeys& keys) {
    const auto envelope = read_envelope(bundle);
    if (!envelope) return not_good("its bundle: " + envelope.error().text);
    const auto* signer = signer_of(*envelope, keys);
    if (signer == nullptr && envelope->keyless) {
        return not_good("it is by a certificate (keyless), which is not taken");
    }
    if (signer == nullptr) return not_good(by_none_of(keys));
    const auto subjects = subjects_of(envelope->payload);
    if (!subjects) return not_good("its statement: " + subjects.error().text);
    for (const auto& digest : digests) {
        if (std::find(subjects->begin(), subjects->end(), digest) != subjects->end()) {
            return {signer->id(), digest, {}};
        }
    }
    const auto other = subjects->empty() ? std::string("none") : printable(subjects->front());
    return not_good("it is of another manifest, " + other);
}

}  // namespace ajour::oci
