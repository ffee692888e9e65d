// SPDX-License-Identifier: Apache-2.0
#include "signature/signatures.hpp"

#include "content/digest.hpp"
#include "content/manifest.hpp"
#include "content/small_content.hpp"
#include "signature/bundle.hpp"
#include "signature/simple_signing.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t SignaturesMax = 32;  // of one manifest in one storage
constexpr std::size_t BundlesMax = 16;
constexpr std::size_t PayloadBytes = 64U << 10, BundleBytes = 1U << 20;
constexpr std::size_t ReasonsMax = 3;

/// Whether an error is about what was found, and not about the way to it.
bool is_about_content(const Error& error) {
    return error.kind == ErrorKind::Malformed || error.kind == ErrorKind::Mismatch ||
           error.kind == ErrorKind::Full || error.kind == ErrorKind::NotFound;
}

/// Looks at one signature after the other until one is good.
class SignatureSearch {
public:
    SignatureSearch(Repository& repository, const std::vector<std::string>& digests,
                    const TrustedKeys& keys)
        : repository_(repository), digests_(digests), keys_(keys) {}

    void look_at_tag(const std::string& digest) {
        const auto document =
            repository_.manifest("sha256-" + std::string(hex_of(digest)) + ".sig");
        if (!document) return failed(document.error(), ErrorKind::NotFound);
        const auto manifest = parse_manifest(*document);
        if (!manifest) return add(not_good("its manifest: " + manifest.error().text));
        // cosign appends: the newest are at the end.
        const auto& layers = manifest->layers;
        const auto first = layers.size() - std::min(layers.size(), SignaturesMax);
        for (auto i = first; i < layers.size() && !good_; ++i) {
            if (layers[i].media_type == SimpleSigningType) look_at_payload(layers[i]);
        }
    }

    void look_at_referrers(const std::string& digest) {
        const auto referrers = repository_.referrers(digest);
        if (!referrers) return failed(referrers.error(), ErrorKind::NotFound);
        std::size_t looked_at = 0;
        for (const auto& referrer : *referrers) {
            // Not every tool repeats the artifact type in the index.
            const bool may_be = referrer.artifact_type.empty() ||
                                referrer.artifact_type.starts_with(BundleTypePrefix);
            if (!may_be || good_ || looked_at++ == BundlesMax) continue;
            look_at_referrer(referrer);
        }
    }

    bool is_over() const { return good_.has_value(); }
    Result<Verdict> verdict() const;

private:
    void add(Outcome outcome) {
        ++seen_;
        if (outcome.is_good()) {
            good_ = std::move(outcome);
        } else if (reasons_.size() < ReasonsMax &&
                   std::find(reasons_.begin(), reasons_.end(), outcome.reason) == reasons_.end()) {
            reasons_.push_back(std::move(outcome.reason));
        }
    }
    void failed(const Error& error, ErrorKind none = ErrorKind::Internal) {
        if (error.kind == none) return;
        if (is_about_content(error)) return add(not_good(error.text));
        if (!error_) error_ = error;
    }
    void look_at_payload(const Descriptor& layer) {
        const auto payload = small_content(repository_, layer, PayloadBytes);
        if (!payload) return failed(payload.error());
        add(check_simple_signing(*payload, annotation(layer.annotations, SignatureAnnotation),
                                 digests_, keys_));
    }
    void look_at_referrer(const Descriptor& referrer) {
        const auto document = repository_.manifest(referrer.digest);
        if (!document) return failed(document.error());
        const auto manifest = parse_manifest(*document);
        if (!manifest) return;  // something else than a bundle
        for (const auto& layer : manifest->layers) {
            if (!layer.media_type.starts_with(BundleTypePrefix)) continue;
            const auto bundle = small_content(repository_, layer, BundleBytes);
            if (!bundle) return failed(bundle.error());
            add(check_bundle(*bundle, digests_, keys_));
            return;
        }
    }

    Repository& repository_;
    const std::vector<std::string>& digests_;
    const TrustedKeys& keys_;
    std::optional<Outcome> good_;
    std::optional<Error> error_;
    std::vector<std::string> reasons_;
    std::size_t seen_ = 0;
};

Result<Verdict> SignatureSearch::verdict() const {
    if (good_) return Verdict{Verdict::Kind::Signed, good_->key, good_->digest, {}};
    if (error_) return error_->in("looking for signatures");
    if (seen_ == 0) return Verdict{Verdict::Kind::Unsigned, {}, {}, "it is not signed"};
    std::string text = seen_ == 1 ? "its signature is not good: "
                                  : "none of " + std::to_string(seen_) + " signatures is good: ";
    for (const auto& reason : reasons_) text += (&reason == &reasons_.front() ? "" : "; ") + reason;
    return Verdict{Verdict::Kind::Wrong, {}, {}, std::move(text)};
}

}  // namespace

Result<Verdict> check_signatures(Repository& repository, const std::vector<std::string>& digests,
                                 const TrustedKeys& keys) {
    SignatureSearch search(repository, digests, keys);
    for (const auto& digest : digests) {
        if (!search.is_over()) search.look_at_tag(digest);
    }
    for (const auto& digest : digests) {
        if (!search.is_over()) search.look_at_referrers(digest);
    }
    return search.verdict();
}

}  // namespace ajour::oci
