// SPDX-License-Identifier: Apache-2.0
#include "store/withdrawn.hpp"

#include "store/database.hpp"
#include "store/timestamp.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>

namespace ajour::store {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;
using sdk::Sha256;

namespace {

Result<std::set<Sha256>> stored_digests(const Database& database) {
    return database.read([](Connection& sql) -> Result<std::set<Sha256>> {
        std::set<Sha256> digests;
        auto rows = sql.select("SELECT sha256 FROM withdrawn");
        while (rows.next()) {
            Sha256 digest;
            const auto bytes = rows.bytes(0);
            if (bytes.size() != digest.bytes.size()) continue;
            std::ranges::copy(bytes, digest.bytes.begin());
            digests.insert(digest);
        }
        return digests;
    });
}

}  // namespace

Result<std::unique_ptr<Withdrawn>> Withdrawn::load(Database& database) {
    auto digests = stored_digests(database);
    if (!digests) return digests.error();
    std::unique_ptr<Withdrawn> withdrawn(new Withdrawn(database));
    withdrawn->digests_ = *std::move(digests);
    withdrawn->count_ = withdrawn->digests_.size();
    return withdrawn;
}

Result<void> Withdrawn::add(const Sha256& digest) {
    const std::unique_lock lock(mutex_);
    if (digests_.contains(digest)) return {};
    if (digests_.size() >= max_digests) {
        return Error{ErrorKind::Full,
                     std::to_string(max_digests) + " releases are withdrawn: take back old ones"};
    }
    const auto stored = database_.change(Durability::Registry, [&](Connection& sql) {
        sql.run("INSERT INTO withdrawn (sha256, at) VALUES (?, ?)", sdk::ByteView(digest.bytes),
                timestamp(std::chrono::system_clock::now()));
        return Result<void>();
    });
    if (!stored) return stored;
    digests_.insert(digest);
    count_ = digests_.size();
    return {};
}

Result<void> Withdrawn::remove(const Sha256& digest) {
    const std::unique_lock lock(mutex_);
    if (!digests_.contains(digest)) {
        return Error{ErrorKind::NotFound, "release " + digest.hex() + " is not withdrawn"};
    }
    const auto stored = database_.change(Durability::Registry, [&](Connection& sql) {
        sql.run("DELETE FROM withdrawn WHERE sha256 = ?", sdk::ByteView(digest.bytes));
        return Result<void>();
    });
    if (!stored) return stored;
    digests_.erase(digest);
    count_ = digests_.size();
    return {};
}

std::vector<Sha256> Withdrawn::list() const {
    const std::shared_lock lock(mutex_);
    return {digests_.begin(), digests_.end()};
}

bool Withdrawn::contains(const Sha256& digest) const noexcept {
    if (count_ == 0) return false;
    const std::shared_lock lock(mutex_);
    return digests_.contains(digest);
}

}  // namespace ajour::store
