// SPDX-License-Identifier: Apache-2.0
// A verified release, mapped into memory. Knows nothing of devices or sources.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include <atomic>
#include <filesystem>
#include <memory>

namespace ajour::firmware {

class Image {
public:
    /// Maps a file and verifies its size and SHA-256; Mismatch says what was found. [worker]
    static sdk::Result<std::shared_ptr<const Image>> open(const std::filesystem::path& file,
                                                          const sdk::Sha256& sha256);
    ~Image();
    Image(const Image&) = delete;
    Image& operator=(const Image&) = delete;

    sdk::ByteView bytes() const noexcept { return bytes_; }
    const sdk::Sha256& sha256() const noexcept { return sha256_; }

    /// When a block of it was last served, in seconds of the steady clock; for the cache.
    void touch(std::int64_t second) const noexcept {
        last_served_.store(second, std::memory_order_relaxed);
    }
    std::int64_t last_served() const noexcept {
        return last_served_.load(std::memory_order_relaxed);
    }

private:
    Image(sdk::ByteView bytes, const sdk::Sha256& sha256) : bytes_(bytes), sha256_(sha256) {}

    sdk::ByteView bytes_;
    sdk::Sha256 sha256_;
    mutable std::atomic<std::int64_t> last_served_{0};
};

}  // namespace ajour::firmware
