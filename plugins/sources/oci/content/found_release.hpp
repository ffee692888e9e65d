// SPDX-License-Identifier: Apache-2.0
// From what a reference leads to, to the firmware in it: index choice, shape, version.
#pragma once

#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include "content/descriptor.hpp"
#include "content/repository.hpp"
#include "content/version_name.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ajour::oci {

/// The names of an image and of the JSON that describes it, in the root of a container image.
struct FilePair {
    std::string image, metadata;
};

/// How much is looked at before a release is refused.
struct ContentLimits {
    std::uint64_t image_bytes = 64ULL << 20;    ///< of firmware
    std::uint64_t stored_bytes = 256ULL << 20;  ///< of the layers that are fetched, together
    std::uint64_t inflated_bytes = 1ULL << 30;  ///< of the same layers, together
    std::uint64_t entries = 100'000;            ///< of the same layers, together
    std::uint64_t ratio = 200;  ///< inflated bytes for each stored one, beyond the first 16 MiB
};

/// What the operator and the target ask for.
struct Wishes {
    std::string tag;      ///< by which the document was asked for; empty for a digest alone
    std::string version;  ///< said by the target itself, or empty
    std::optional<Platform> platform;
    std::string title;                     ///< of the layer that is the firmware, or empty
    std::vector<std::string> media_types;  ///< of that layer, most wanted first
    std::vector<FilePair> files{{"firmware.bin", "firmware.json"}, {"firmware", "metadata.json"}};
    std::vector<std::string> moving_tags{"latest", "main",    "master", "edge",
                                         "stable", "nightly", "dev",    "testing"};
    ContentLimits limits;
};

/// Where the firmware is.
struct FoundRelease {
    std::string manifest;  ///< digest of the manifest that was chosen
    std::string index;     ///< digest of the index that led there, or empty
    /// One layer that is the firmware, or, with `in_files`, the layers of a container image (from
    /// the bottom up) whose files have it: then `extract_files` tells the rest.
    bool in_files = false;
    std::vector<Descriptor> layers;
    Descriptor config;    ///< its digest is empty when there is none
    std::string version;  ///< empty with `in_files`: the metadata file says it
    VersionWords words;   ///< what the version was, or will be, named from
    std::string created;  ///< for display alone: it changes with each push

    /// The one layer, unless `in_files`: its digest and its size are the firmware's.
    const Descriptor& firmware() const { return layers.front(); }

    /// The digest that tags have.
    const std::string& tagged() const { return index.empty() ? manifest : index; }
};

/// Follows an index to a manifest, finds the firmware in it and names its version. Asks the
/// repository only for what that takes. Mismatch, Malformed, Refused: there is no firmware that may
/// be served, and why; others: as the repository says.
sdk::Result<FoundRelease> find_release(const Document& document, Repository& repository,
                                       const Wishes& wishes);

/// What was in the files of a container image.
struct ExtractedFiles {
    std::string version;
    std::uint64_t size = 0;
    sdk::Sha256 sha256;  ///< of the firmware, not of a layer
};

/// Fetches the layers of a release that is `in_files`, from the top down until its files are found,
/// checks them, and writes its firmware to the file `image`, which is there only after everything
/// was found to be right. Uses names that begin with that of `image` meanwhile, and room for a
/// layer.
sdk::Result<ExtractedFiles> extract_files(const FoundRelease& found, Repository& repository,
                                          const Wishes& wishes, const std::filesystem::path& image);

}  // namespace ajour::oci
