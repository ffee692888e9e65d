// SPDX-License-Identifier: Apache-2.0
// An image on its way in: a file that nothing serves, bounded and hashed while it grows.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include "digest/sha256.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

namespace ajour::firmware {

class Partial final : public sdk::ByteSink {
public:
    /// `size_max`: more bytes than this are refused with Full. The file is removed by the
    /// destructor unless it was moved into place.
    static sdk::Result<std::unique_ptr<Partial>> create(const std::filesystem::path& file,
                                                        std::uint64_t size_max);
    ~Partial() override;

    /// Asked before each write; once it says so, writes fail with Timeout.
    void give_up_when(std::function<bool()> expired) { expired_ = std::move(expired); }

    sdk::Result<void> write(sdk::ByteView bytes) noexcept override;
    std::uint64_t size() const noexcept { return size_; }

    /// Flushes to disk and gives the digest of all that was written; nothing can be written after.
    sdk::Result<sdk::Sha256> finish();

    /// Renames the finished file; the directory entry is flushed too.
    sdk::Result<void> move_to(const std::filesystem::path& place);

private:
    Partial(std::filesystem::path file, int fd, std::uint64_t size_max)
        : file_(std::move(file)), fd_(fd), size_max_(size_max) {}
    sdk::Result<void> append(sdk::ByteView bytes);

    std::filesystem::path file_;
    int fd_;
    std::uint64_t size_max_;
    std::uint64_t size_ = 0;
    std::function<bool()> expired_;
    digest::Sha256Stream hash_;
};

}  // namespace ajour::firmware
