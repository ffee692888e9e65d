// SPDX-License-Identifier: Apache-2.0
// Hashes of a stream, against those that were promised. The plugin's door to OpenSSL.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include "deployment.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace ajour::hawkbit {

/// Counts each hash that is given, and always SHA-256. Not thread-safe.
class Digests {
public:
    explicit Digests(Hashes promised);
    ~Digests();
    Digests(Digests&&) noexcept;
    Digests& operator=(Digests&&) = delete;

    void update(sdk::ByteView bytes);
    std::uint64_t size() const noexcept { return size_; }

    /// Mismatch names the hash, what was found and what was expected. Nothing can be added after.
    sdk::Result<void> finish();
    /// After `finish`: in hexadecimal digits.
    const std::string& sha256() const noexcept { return sha256_; }

private:
    struct Hash;
    Hashes promised_;
    std::vector<Hash> hashes_;
    std::uint64_t size_ = 0;
    std::string sha256_;
};

}  // namespace ajour::hawkbit
