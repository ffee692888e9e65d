// SPDX-License-Identifier: Apache-2.0
// From the digest of a manifest or an index to the firmware in it, remembered.
#pragma once

#include <ajour/sdk/release.hpp>

#include "content/found_release.hpp"
#include "errand.hpp"
#include "failures.hpp"
#include "firmware_store.hpp"
#include "memory.hpp"
#include "origin.hpp"
#include "signature_gate.hpp"

#include <optional>
#include <string>

namespace ajour::oci {

/// A release whose version, size and digest are known.
struct NamedRelease {
    std::string version;
    sdk::Sha256 sha256;
    Origin origin;
    std::string manifest, index;  ///< digests; no index: empty

    friend bool operator==(const NamedRelease&, const NamedRelease&) = default;
};

struct ServedRelease {
    NamedRelease release;
    std::string warning;
};

class Releases {
public:
    /// Remembers `most` of each kind.
    Releases(Wishes usual, FirmwareStore& store, SignatureGate& gate, Failures& failures,
             std::size_t most, Metrics& metrics);

    /// The release at `digest`; `document` is what is there, if the caller has it. Signatures are
    /// checked before anything is unpacked. [worker]
    sdk::Result<ServedRelease> find(const Errand& errand, const Reference& reference,
                                    const std::string& digest,
                                    const std::optional<Document>& document,
                                    Repository& repository);

    /// Whether the application may be served a release; the text is a warning. [worker]
    sdk::Result<std::string> check(const Errand& errand, const Reference& reference,
                                   const NamedRelease& release, Repository& repository);

    /// Streams firmware that is in the files of a container image; takes it out anew when it is
    /// kept no more. [worker]
    sdk::Result<void> stream(const Origin& origin, Repository& repository, sdk::ByteSink& sink,
                             std::uint64_t from);

    /// Whether a tag moves from release to release.
    bool is_moving_tag(std::string_view tag) const;

private:
    sdk::Result<ServedRelease> find_anew(const std::string& key, const Errand& errand,
                                         const Reference& reference, const Document& document,
                                         Repository& repository);
    Wishes wishes_of(const Errand& errand, const Reference& reference) const;
    sdk::Result<void> name(NamedRelease& named, const FoundRelease& found, const Wishes& wishes,
                           Repository& repository);
    sdk::Result<StoredFirmware> unpacked(const FoundRelease& found, const Wishes& wishes,
                                         Repository& repository);

    /// What can be signed of a release: known before the release is.
    struct Signable {
        std::string manifest, index;
    };

    const Wishes usual_;
    FirmwareStore& store_;
    SignatureGate& gate_;
    Failures& failures_;
    Memory<NamedRelease> memory_;
    Memory<Signable> signables_;  ///< so that what is refused is not asked for again
};

}  // namespace ajour::oci
