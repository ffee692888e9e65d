// SPDX-License-Identifier: Apache-2.0
// What an OCI document says of the blobs and manifests that it names (image-spec, descriptor.md).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace ajour::oci {

/// Where an image runs. An empty member stands for any when it is wished, for none when it is said.
struct Platform {
    std::string os, architecture, variant;

    friend bool operator==(const Platform&, const Platform&) = default;
};

/// By their names; an empty text counts as absent, and is not in here.
using Annotations = std::map<std::string, std::string>;

/// What names a blob or a manifest. Its bounds were checked when it was parsed.
struct Descriptor {
    std::string media_type;  ///< without parameters; at most 255 bytes
    std::string digest;      ///< its syntax was checked (digest.hpp): safe as a file name
    std::uint64_t size = 0;  ///< bytes
    Annotations annotations;
    std::optional<std::string> data;  ///< the blob itself, decoded; not yet compared with `digest`
    std::optional<Platform> platform;
    std::string artifact_type;  ///< or empty
};

/// The annotation of that name, or an empty text.
inline const std::string& annotation(const Annotations& annotations, const char* name) {
    static const std::string none;
    const auto found = annotations.find(name);
    return found == annotations.end() ? none : found->second;
}

}  // namespace ajour::oci
