// SPDX-License-Identifier: Apache-2.0
// The releases on disk, named by their SHA-256, and those of them that are mapped. Bounded: the
// least recently served go first, never one that is in use.
#pragma once

#include <ajour/sdk/host.hpp>
#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include "firmware/image.hpp"
#include "firmware/partial.hpp"
#include "work/clock.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

namespace ajour::firmware {

class Cache {
public:
    struct Limits {
        std::uint64_t max_bytes = 1ULL << 30;
        /// An image counts as in use so long after its last block, besides while somebody holds it.
        std::chrono::seconds in_use{600};
    };

    /// `directory` gets sha256/xx/<hex> and partial/. Partial files of an earlier run are removed.
    static sdk::Result<std::unique_ptr<Cache>> open(const std::filesystem::path& directory,
                                                    const Limits& limits, const work::Clock& clock,
                                                    sdk::Metric& bytes_on_disk);

    /// The mapped image, or null when it is not mapped now. Cheap. [any]
    std::shared_ptr<const Image> find(const sdk::Sha256& sha256) const;

    /// Whether it is on disk, mapped or not. Cheap. [any]
    bool has(const sdk::Sha256& sha256) const;

    /// Maps an image that is on disk, verified; NotFound when there is none. A damaged file is
    /// removed. [worker]
    sdk::Result<std::shared_ptr<const Image>> load(const sdk::Sha256& sha256);

    /// Evicts until so many bytes more fit beside all that is there and on its way; Full when what
    /// is in use leaves no room. [any]
    sdk::Result<void> make_room(std::uint64_t more);

    /// A new file to write to, whose bytes count from the first on. [worker]
    sdk::Result<std::unique_ptr<Partial>> begin(std::uint64_t size_max);

    /// Takes a finished, verified file in, makes room for it, and maps it. [worker]
    sdk::Result<std::shared_ptr<const Image>> take(Partial& partial, const sdk::Sha256& sha256);

    /// Of the images; those on their way are not among them.
    std::uint64_t bytes() const;

private:
    struct Entry {
        std::uint64_t size = 0;
        std::int64_t last_served = 0;
        std::shared_ptr<const Image> image;  // null: on disk only
    };
    Cache(std::filesystem::path directory, const Limits& limits, const work::Clock& clock,
          sdk::Metric& bytes_on_disk);

    std::filesystem::path path_of(const sdk::Sha256& sha256) const;
    void index();
    std::uint64_t held() const { return bytes_ + on_their_way_->load(); }
    void evict_for(std::uint64_t more);
    sdk::Result<void> make_room_locked(std::uint64_t more);
    bool is_in_use(const Entry& entry) const;
    std::map<sdk::Sha256, Entry>::iterator least_recently_served();
    void forget(const sdk::Sha256& sha256);

    std::filesystem::path directory_;
    Limits limits_;
    const work::Clock& clock_;
    sdk::Metric& bytes_on_disk_;
    mutable std::mutex mutex_;  // guards entries_, bytes_ and next_partial_
    std::map<sdk::Sha256, Entry> entries_;
    std::uint64_t bytes_ = 0;
    const std::shared_ptr<std::atomic<std::uint64_t>> on_their_way_;  // bytes of partial files
    std::uint64_t next_partial_ = 0;
};

}  // namespace ajour::firmware
