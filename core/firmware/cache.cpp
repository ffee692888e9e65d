// SPDX-License-Identifier: Apache-2.0
#include "firmware/cache.hpp"

#include <algorithm>
#include <system_error>

namespace ajour::firmware {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace fs = std::filesystem;

namespace {

std::int64_t second_of(work::Instant instant) {
    return std::chrono::duration_cast<std::chrono::seconds>(instant.time_since_epoch()).count();
}

Error file_error(const fs::path& path, const std::error_code& code) {
    return {ErrorKind::Unavailable, path.string() + ": " + code.message()};
}

}  // namespace

Cache::Cache(fs::path directory, const Limits& limits, const work::Clock& clock,
             sdk::Metric& bytes_on_disk)
    : directory_(std::move(directory)),
      limits_(limits),
      clock_(clock),
      bytes_on_disk_(bytes_on_disk),
      on_their_way_(std::make_shared<std::atomic<std::uint64_t>>(0)) {}

Result<std::unique_ptr<Cache>> Cache::open(const fs::path& directory, const Limits& limits,
                                           const work::Clock& clock, sdk::Metric& bytes_on_disk) {
    std::error_code failed;
    fs::remove_all(directory / "partial", failed);
    fs::create_directories(directory / "partial", failed);
    if (!failed) fs::create_directories(directory / "sha256", failed);
    if (failed) return file_error(directory, failed).in("opening the firmware cache");
    std::unique_ptr<Cache> cache(new Cache(directory, limits, clock, bytes_on_disk));
    cache->index();
    return cache;
}

fs::path Cache::path_of(const sdk::Sha256& sha256) const {
    const auto name = sha256.hex();
    return directory_ / "sha256" / name.substr(0, 2) / name;
}

void Cache::index() {
    std::error_code failed;
    for (const auto& file : fs::recursive_directory_iterator(directory_ / "sha256", failed)) {
        const auto digest = digest::parse_hex(file.path().filename().string());
        if (!digest || !file.is_regular_file(failed)) continue;
        const auto size = file.file_size(failed);
        entries_[*digest] = Entry{size, 0, nullptr};
        bytes_ += size;
    }
    bytes_on_disk_.set(static_cast<std::int64_t>(bytes_));
}

std::shared_ptr<const Image> Cache::find(const sdk::Sha256& sha256) const {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(sha256);
    return found == entries_.end() ? nullptr : found->second.image;
}

bool Cache::has(const sdk::Sha256& sha256) const {
    const std::lock_guard lock(mutex_);
    return entries_.contains(sha256);
}

Result<std::shared_ptr<const Image>> Cache::load(const sdk::Sha256& sha256) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = entries_.find(sha256);
        if (found == entries_.end()) {
            return Error{ErrorKind::NotFound, "no image " + sha256.hex() + " in the cache"};
        }
        if (found->second.image) return found->second.image;
    }
    auto image = Image::open(path_of(sha256), sha256);
    if (!image) {
        if (image.error().kind == ErrorKind::Mismatch) forget(sha256);
        return image.error();
    }
    (*image)->touch(second_of(clock_.now()));
    const std::lock_guard lock(mutex_);
    auto& entry = entries_[sha256];
    if (!entry.image) entry.image = *image;
    return entry.image;
}

Result<std::unique_ptr<Partial>> Cache::begin(std::uint64_t size_max) {
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(mutex_);
        number = next_partial_++;
    }
    auto partial = Partial::create(directory_ / "partial" / std::to_string(number), size_max);
    if (partial) (*partial)->count_in(on_their_way_);
    return partial;
}

Result<void> Cache::make_room(std::uint64_t more) {
    const std::lock_guard lock(mutex_);
    return make_room_locked(more);
}

Result<void> Cache::make_room_locked(std::uint64_t more) {
    evict_for(more);
    if (held() + more <= limits_.max_bytes) return {};
    return Error{ErrorKind::Full, "the firmware cache holds " + std::to_string(held()) +
                                      " bytes in use or on their way, at most " +
                                      std::to_string(limits_.max_bytes) + ": no room for " +
                                      std::to_string(more) + " more"};
}

Result<std::shared_ptr<const Image>> Cache::take(Partial& partial, const sdk::Sha256& sha256) {
    const auto size = partial.size();
    {
        const std::lock_guard lock(mutex_);
        const auto known = entries_.find(sha256);
        if (known != entries_.end() && known->second.image) return known->second.image;
        if (auto room = make_room_locked(0); !room) return room.error();
    }
    if (auto moved = partial.move_to(path_of(sha256)); !moved) return moved.error();
    {
        const std::lock_guard lock(mutex_);
        auto& entry = entries_[sha256];
        bytes_ += size - entry.size;
        entry.size = size;
        bytes_on_disk_.set(static_cast<std::int64_t>(bytes_));
    }
    return load(sha256);
}

std::uint64_t Cache::bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
}

bool Cache::is_in_use(const Entry& entry) const {
    if (!entry.image) return false;
    if (entry.image.use_count() > 1) return true;
    return entry.image->last_served() + limits_.in_use.count() > second_of(clock_.now());
}

std::map<sdk::Sha256, Cache::Entry>::iterator Cache::least_recently_served() {
    auto oldest = entries_.end();
    for (auto it = entries_.begin(); it != entries_.end(); ++it) {
        auto& entry = it->second;
        if (entry.image) entry.last_served = entry.image->last_served();
        if (is_in_use(entry)) continue;
        if (oldest == entries_.end() || entry.last_served < oldest->second.last_served) oldest = it;
    }
    return oldest;
}

void Cache::evict_for(std::uint64_t more) {
    while (held() + more > limits_.max_bytes) {
        const auto oldest = least_recently_served();
        if (oldest == entries_.end()) return;
        std::error_code ignored;
        fs::remove(path_of(oldest->first), ignored);
        bytes_ -= oldest->second.size;
        entries_.erase(oldest);
    }
    bytes_on_disk_.set(static_cast<std::int64_t>(bytes_));
}

void Cache::forget(const sdk::Sha256& sha256) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(sha256);
    if (found == entries_.end()) return;
    std::error_code ignored;
    fs::remove(path_of(sha256), ignored);
    bytes_ -= found->second.size;
    entries_.erase(found);
    bytes_on_disk_.set(static_cast<std::int64_t>(bytes_));
}

}  // namespace ajour::firmware
