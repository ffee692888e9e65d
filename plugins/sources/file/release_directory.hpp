// SPDX-License-Identifier: Apache-2.0
// Opens the files of releases in one directory, and none outside of it. Knows nothing of their
// contents.
#pragma once

#include <ajour/sdk/result.hpp>

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <utility>

namespace ajour::file {

/// A regular file, open for reading. Stays whole when its name is given to another file meanwhile.
class OpenFile {
public:
    OpenFile(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}
    OpenFile(OpenFile&& other) noexcept
        : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}
    OpenFile& operator=(OpenFile&&) = delete;
    ~OpenFile();

    /// Its size when it was opened.
    std::uint64_t size() const noexcept { return size_; }

    /// Fills `room` from `offset` on; less only at the file's end.
    sdk::Result<std::size_t> read(std::span<std::uint8_t> room, std::uint64_t offset) const;

private:
    int descriptor_;
    std::uint64_t size_;
};

class ReleaseDirectory {
public:
    explicit ReleaseDirectory(std::filesystem::path root) : root_(std::move(root)) {}

    const std::filesystem::path& root() const noexcept { return root_; }

    /// Opens a file right in the directory. Links, directories and devices are refused.
    sdk::Result<OpenFile> open(const std::string& file) const;

private:
    std::filesystem::path root_;
};

}  // namespace ajour::file
