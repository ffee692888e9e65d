// SPDX-License-Identifier: Apache-2.0
// The entries of one layer: tar, or tar in gzip or zstd. The plugin's door to libarchive; no name
// in an archive becomes the name of a file here.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace ajour::oci {

/// What is left of the bounds that the layers of one image have together.
struct InflateBudget {
    std::uint64_t entries = 0;
    std::uint64_t bytes = 0;                 ///< inflated
    std::uint64_t ratio = 0;                 ///< inflated bytes for each stored one
    std::uint64_t free_bytes = 16ULL << 20;  ///< of each layer, before the ratio counts
};

struct ArchiveEntry {
    enum class Kind : std::uint8_t { File, Directory, Other };  ///< Other: links and devices

    std::string path;  ///< as it stands in the archive
    Kind kind = Kind::Other;
};

/// Reads on from the file's beginning; memory does not depend on what is in it. An Error ends the
/// archive: Malformed: it is none, or damaged; Refused: it is over its budget, or asks for a larger
/// window than `ZstdReader` grants; Full: there is no room for that window.
class LayerArchive {
public:
    /// `file` is a descriptor, open for reading; it and the budget outlive the archive. What has to
    /// be kept of it while it is read, lies in `directory`.
    static sdk::Result<LayerArchive> open(int file, const std::filesystem::path& directory,
                                          InflateBudget& budget);

    /// The next entry, or nothing after the last. What was not read of the one before is passed
    /// over.
    sdk::Result<std::optional<ArchiveEntry>> next();

    /// The bytes of the entry that `next` gave. An error of the sink is returned as it is.
    sdk::Result<void> read(sdk::ByteSink& sink);

private:
    struct State;
    explicit LayerArchive(std::shared_ptr<State> state) : state_(std::move(state)) {}

    std::shared_ptr<State> state_;
};

}  // namespace ajour::oci
