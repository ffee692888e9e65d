// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/release.hpp>

#include <mutex>
#include <set>
#include <utility>

namespace ajour::firmware {

/// The digests that must not be served. Thread-safe.
class Withdrawals {
public:
    bool contains(const sdk::Sha256& sha256) const {
        const std::lock_guard lock(mutex_);
        return digests_.contains(sha256);
    }
    void replace(std::set<sdk::Sha256> digests) {
        const std::lock_guard lock(mutex_);
        digests_ = std::move(digests);
    }

private:
    mutable std::mutex mutex_;  // guards digests_
    std::set<sdk::Sha256> digests_;
};

}  // namespace ajour::firmware
