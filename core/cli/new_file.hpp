// SPDX-License-Identifier: Apache-2.0
// A file that appears under its name only when it is whole and on the disk.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include <filesystem>
#include <string>

namespace ajour::cli {

class NewFile {
public:
    /// Makes a hidden file of another name beside `path`.
    static sdk::Result<NewFile> beside(const std::filesystem::path& path);
    NewFile(NewFile&& other) noexcept;
    NewFile& operator=(NewFile&&) = delete;
    /// Removes what did not get its name.
    ~NewFile();

    sdk::Result<void> write(sdk::ByteView bytes);
    /// Waits until the bytes are on the disk.
    sdk::Result<void> sync();
    /// Gives it its name, in place of what had it.
    sdk::Result<void> take_place();

private:
    NewFile(int descriptor, std::string hidden, std::filesystem::path path)
        : descriptor_(descriptor), hidden_(std::move(hidden)), path_(std::move(path)) {}

    int descriptor_;
    std::string hidden_;
    std::filesystem::path path_;
};

/// A directory held by one publisher at a time, as long as this lives.
class DirectoryLock {
public:
    static sdk::Result<DirectoryLock> take(const std::filesystem::path& directory);
    DirectoryLock(DirectoryLock&& other) noexcept;
    DirectoryLock& operator=(DirectoryLock&&) = delete;
    ~DirectoryLock();

    /// Waits until the renames in it are on the disk.
    sdk::Result<void> sync() const;

private:
    explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}

    int descriptor_;
};

}  // namespace ajour::cli
