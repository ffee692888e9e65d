// SPDX-License-Identifier: Apache-2.0
// A file that is gone again unless it was kept.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include "crypto/hash.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

namespace ajour::oci {

/// Takes a stream of bytes up to a limit and hashes it on the way.
class ScratchFile : public sdk::ByteSink {
public:
    /// Makes it anew; one that was left behind under that name goes. `what` names its content in
    /// errors, `beyond` is the kind of the one for more bytes than the limit.
    static sdk::Result<ScratchFile> create(std::filesystem::path path, std::uint64_t limit,
                                           std::string what, sdk::ErrorKind beyond);
    ScratchFile(ScratchFile&& other) noexcept;
    ScratchFile& operator=(ScratchFile&&) = delete;
    ~ScratchFile() override;

    /// Full: no room on the disk.
    sdk::Result<void> write(sdk::ByteView bytes) noexcept override;

    /// Empty again, as if it were new.
    sdk::Result<void> restart();

    std::uint64_t size() const noexcept { return size_; }
    /// Of all bytes; ends the hash.
    sdk::Sha256 finish() { return hash_.finish(); }
    /// Open for reading and writing, and the file's own.
    int descriptor() const noexcept { return descriptor_; }

    /// Gives it a name to stay, in the place of what had that name.
    sdk::Result<void> keep_as(const std::filesystem::path& path);

private:
    ScratchFile(std::filesystem::path path, int descriptor, std::uint64_t limit, std::string what,
                sdk::ErrorKind beyond)
        : path_(std::move(path)),
          descriptor_(descriptor),
          limit_(limit),
          what_(std::move(what)),
          beyond_(beyond) {}

    sdk::Error failed(const char* doing) const;

    std::filesystem::path path_;  // empty: it is somebody else's now
    int descriptor_;
    std::uint64_t limit_, size_ = 0;
    std::string what_;
    sdk::ErrorKind beyond_;
    Hash hash_;
};

}  // namespace ajour::oci
