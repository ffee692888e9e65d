// SPDX-License-Identifier: Apache-2.0
// Firmware that was taken out of container images, kept in the plugin's state directory.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/host.hpp>
#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <list>
#include <mutex>
#include <optional>
#include <string>

namespace ajour::oci {

struct StoredFirmware {
    std::string version;  ///< as the image itself names it
    std::uint64_t size = 0;
    sdk::Sha256 sha256;
};

/// Files are named by the digest of the manifest that they were taken from. Each is written under
/// another name first and renamed when it is whole, so that a crash leaves nothing half.
class FirmwareStore {
public:
    /// At most `most` bytes: what was not used for longest makes room.
    FirmwareStore(std::filesystem::path directory, std::uint64_t most, sdk::Metric& bytes);

    /// Makes the directory, finds what is there, and removes what is not whole. [main]
    sdk::Result<void> start();

    /// [any]
    std::optional<StoredFirmware> find(const std::string& manifest);

    /// A name for a file that is to be kept; it is the caller's to make. [any]
    std::filesystem::path new_file();

    /// Keeps that file. Full: it is larger than the store. [worker]
    sdk::Result<void> keep(const std::filesystem::path& file, const std::string& manifest,
                           const StoredFirmware& firmware);

    /// Streams what is kept, from byte `from` on, and forgets what turns out to be damaged.
    /// NotFound: it is not there (any more). [worker]
    sdk::Result<void> stream(const std::string& manifest, sdk::ByteSink& sink, std::uint64_t from);

private:
    struct Entry {
        std::string manifest;
        StoredFirmware firmware;
    };
    using Entries = std::list<Entry>;

    std::filesystem::path path_of(const std::string& manifest, const char* ending) const;
    void load(const std::filesystem::path& description);
    void make_room(std::uint64_t wanted);
    void remove(Entries::iterator entry);
    Entries::iterator entry_of(const std::string& manifest);

    const std::filesystem::path directory_;
    const std::uint64_t most_;
    sdk::Metric& bytes_;
    std::atomic<unsigned> files_{0};
    std::mutex mutex_;  // guards all below, and the names in the directory
    Entries by_age_;    // the latest first; few, because they are large
    std::uint64_t used_ = 0;
};

}  // namespace ajour::oci
