// SPDX-License-Identifier: Apache-2.0
// The digests of releases that must not be served any more. Knows no releases.
#pragma once

#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include <atomic>
#include <cstddef>
#include <memory>
#include <set>
#include <shared_mutex>
#include <vector>

namespace ajour::store {

class Database;

/// Thread-safe. Kept in memory; each change is durable, also against power loss, when it returns.
class Withdrawn {
public:
    static constexpr std::size_t max_digests = 10'000;

    static sdk::Result<std::unique_ptr<Withdrawn>> load(Database& database);

    /// Success also when it is in already. Full: max_digests are.
    sdk::Result<void> add(const sdk::Sha256& digest);
    /// NotFound when it was not in.
    sdk::Result<void> remove(const sdk::Sha256& digest);
    std::vector<sdk::Sha256> list() const;

    /// Takes no lock as long as nothing is withdrawn.
    bool contains(const sdk::Sha256& digest) const noexcept;

private:
    explicit Withdrawn(Database& database) : database_(database) {}

    Database& database_;
    mutable std::shared_mutex mutex_;  ///< guards digests_
    std::set<sdk::Sha256> digests_;
    std::atomic<std::size_t> count_{0};
};

}  // namespace ajour::store
