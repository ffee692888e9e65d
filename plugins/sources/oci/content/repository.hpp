// SPDX-License-Identifier: Apache-2.0
// What the content and the signatures of a release need of the OCI registry that has it. The plugin
// implements it over HTTP; neither content nor signatures know how.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include "descriptor.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::oci {

/// A manifest or an index as the OCI registry sent it.
struct Document {
    std::string media_type;  ///< of the answer (Content-Type), without parameters; may be empty
    std::string digest;      ///< of `body`, recomputed
    std::string body;        ///< at most `DocumentBytes`
};

/// The largest manifest or index that is looked at.
inline constexpr std::size_t DocumentBytes = 4U << 20;

/// One repository of one OCI registry. Its methods wait for the network; NotFound: there is no such
/// thing; Mismatch: what came has another size or digest than was promised.
class Repository {
public:
    virtual ~Repository() = default;

    /// A manifest or an index by a tag or a digest; compared with the digest when given one.
    virtual sdk::Result<Document> manifest(std::string_view tag_or_digest) = 0;

    /// The digest that a tag has now, by HEAD; nothing is compared with it.
    virtual sdk::Result<std::string> digest_of(std::string_view tag) = 0;

    /// A whole blob of at most `max` bytes, size and digest compared. Full: it is larger.
    virtual sdk::Result<std::string> small_blob(const Descriptor& blob, std::size_t max) = 0;

    /// Streams a blob from byte `from` on, and never more than `blob.size` bytes. Neither status
    /// 200 with something else than a blob nor a wrong length counts as success; the digest is the
    /// caller's to compare. An error of the sink is returned as it is.
    virtual sdk::Result<void> blob(const Descriptor& blob, sdk::ByteSink& sink,
                                   std::uint64_t from) = 0;

    /// All tags, in any order, bounded by the implementation.
    virtual sdk::Result<std::vector<std::string>> tags() = 0;

    /// What refers to a manifest: from the referrers API, else from the index at the fallback tag
    /// `sha256-<hex>`; empty when there is neither. Parse it with `parse_index` (manifest.hpp).
    virtual sdk::Result<std::vector<Descriptor>> referrers(std::string_view digest) = 0;
};

}  // namespace ajour::oci
