// SPDX-License-Identifier: Apache-2.0
// Reads the documents of an OCI registry: OCI and docker (schema 2) manifests and indexes, and the
// legacy artifact manifest. Every bound is checked here. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include "descriptor.hpp"
#include "repository.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ajour::oci {

/// Layers of a manifest, entries of an index, annotations of one thing, and bytes of one of them.
inline constexpr std::size_t LayersMax = 256, EntriesMax = 1024, AnnotationsMax = 128,
                             AnnotationBytes = 32U << 10;

struct Manifest {
    std::string artifact_type;
    Descriptor config;               ///< its digest is empty when there is none
    std::vector<Descriptor> layers;  ///< of a legacy artifact manifest: its blobs
    Annotations annotations;
};

struct Index {
    std::string artifact_type;
    std::vector<Descriptor> manifests;
    Annotations annotations;
};

/// Reads either, by its `mediaType`, which has to agree with the answer's Content-Type, or by the
/// latter alone. Malformed names the member, what was found and what was expected.
sdk::Result<std::variant<Manifest, Index>> parse_document(const Document& document);

/// The same where only one of them will do.
sdk::Result<Manifest> parse_manifest(const Document& document);
sdk::Result<Index> parse_index(const Document& document);

/// The Accept header that brings all of them.
inline constexpr std::string_view AcceptedDocuments =
    "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json, "
    "application/vnd.docker.distribution.manifest.v2+json, "
    "application/vnd.docker.distribution.manifest.list.v2+json, "
    "application/vnd.oci.artifact.manifest.v1+json";

}  // namespace ajour::oci
