// SPDX-License-Identifier: Apache-2.0
// An image on its way in: a file that nothing serves, bounded and hashed while it grows.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include "digest/sha256.hpp"

#include <atomic>
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

    /// Asked before each write whether there is room for so many bytes more; a write fails with its
    /// error.
    void ask_for_room(std::function<sdk::Result<void>(std::uint64_t)> room) {
        room_ = std::move(room);
    }

    /// Its bytes are added to `all`, until it is gone or in its place.
    void count_in(std::shared_ptr<std::atomic<std::uint64_t>> all) { all_ = std::move(all); }

    sdk::Result<void> write(sdk::ByteView bytes) noexcept override;
    std::uint64_t size() const noexcept { return size_; }

    /// Keeps no descriptor until it is gone on with.
    void rest();

    /// Flushes to disk and gives the digest of all that was written; nothing can be written after.
    sdk::Result<sdk::Sha256> finish();

    /// Renames the finished file; the directory entry is flushed too.
    sdk::Result<void> move_to(const std::filesystem::path& place);

private:
    Partial(std::filesystem::path file, int fd, std::uint64_t size_max)
        : file_(std::move(file)), fd_(fd), size_max_(size_max) {}
    sdk::Result<void> wake();
    sdk::Result<void> append(sdk::ByteView bytes);
    void discount();

    std::filesystem::path file_;
    int fd_;  // -1: at rest, or finished
    std::uint64_t size_max_;
    std::uint64_t size_ = 0;
    std::function<bool()> expired_;
    std::function<sdk::Result<void>(std::uint64_t)> room_;
    std::shared_ptr<std::atomic<std::uint64_t>> all_;
    digest::Sha256Stream hash_;
};

}  // namespace ajour::firmware
