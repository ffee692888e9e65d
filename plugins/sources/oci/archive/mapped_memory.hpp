// SPDX-License-Identifier: Apache-2.0
// Memory for what is large and short-lived, in files without a name: the kernel may write it out
// and take its pages, which it cannot do with a heap where there is no swap.
#pragma once

#include <ajour/sdk/result.hpp>

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <utility>

namespace ajour::oci {

/// Of one thread. What was not freed goes with it.
class MappedMemory {
public:
    /// Smaller pieces come from the heap.
    static constexpr std::size_t FileMin = 512U << 10;

    /// The files are made in `directory`.
    explicit MappedMemory(std::filesystem::path directory) : directory_(std::move(directory)) {}
    MappedMemory(const MappedMemory&) = delete;
    MappedMemory& operator=(const MappedMemory&) = delete;
    ~MappedMemory();

    /// Null when there is none; `failure` says why. All of it has its place on the disk, so that
    /// using it cannot fail.
    void* allocate(std::size_t size) noexcept;
    void free(void* memory) noexcept;

    /// Of the last file that could not be had. Full: no room on the disk.
    const std::optional<sdk::Error>& failure() const { return failure_; }

private:
    void* map(std::size_t size);

    std::filesystem::path directory_;
    std::map<void*, std::size_t> mapped_;  // and their lengths
    std::optional<sdk::Error> failure_;
};

}  // namespace ajour::oci
