// SPDX-License-Identifier: Apache-2.0
#include "firmware/partial.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace ajour::firmware {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

Error disk_error(const std::filesystem::path& file, const char* doing) {
    const auto kind = errno == ENOSPC || errno == EDQUOT ? ErrorKind::Full : ErrorKind::Unavailable;
    return {kind, std::string(doing) + " " + file.string() + ": " + std::strerror(errno)};
}

Result<void> flush_directory(const std::filesystem::path& directory) {
    const int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return disk_error(directory, "opening");
    const int failed = ::fsync(fd);
    ::close(fd);
    if (failed != 0) return disk_error(directory, "flushing");
    return {};
}

}  // namespace

Result<std::unique_ptr<Partial>> Partial::create(const std::filesystem::path& file,
                                                 std::uint64_t size_max) {
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return disk_error(file, "creating");
    return std::unique_ptr<Partial>(new Partial(file, fd, size_max));
}

Partial::~Partial() {
    if (fd_ >= 0) ::close(fd_);
    if (!file_.empty()) ::unlink(file_.c_str());
    discount();
}

void Partial::discount() {
    if (all_) all_->fetch_sub(size_);
    all_.reset();
}

void Partial::rest() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
    expired_ = {};
    room_ = {};
}

Result<void> Partial::wake() {
    if (fd_ >= 0) return {};
    fd_ = ::open(file_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
    if (fd_ < 0) return disk_error(file_, "opening");
    return {};
}

Result<void> Partial::write(sdk::ByteView bytes) noexcept {
    if (expired_ && expired_()) return Error{ErrorKind::Timeout, "fetching took too long"};
    if (bytes.size() > size_max_ - size_) {
        return Error{ErrorKind::Full, "the image is longer than the " + std::to_string(size_max_) +
                                          " bytes expected"};
    }
    if (room_) {
        if (auto room = room_(bytes.size()); !room) return room;
    }
    return append(bytes);
}

Result<void> Partial::append(sdk::ByteView bytes) {
    if (auto woken = wake(); !woken) return woken;
    hash_.update(bytes);
    while (!bytes.empty()) {
        const auto written = ::write(fd_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return disk_error(file_, "writing");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        size_ += static_cast<std::uint64_t>(written);
        if (all_) all_->fetch_add(static_cast<std::uint64_t>(written));
    }
    return {};
}

Result<sdk::Sha256> Partial::finish() {
    if (auto woken = wake(); !woken) return woken.error();
    const int failed = ::fsync(fd_);
    if (failed != 0) return disk_error(file_, "flushing");
    ::close(std::exchange(fd_, -1));
    return hash_.finish();
}

Result<void> Partial::move_to(const std::filesystem::path& place) {
    std::error_code failed;
    std::filesystem::create_directories(place.parent_path(), failed);
    if (failed)
        return Error{ErrorKind::Unavailable,
                     "creating " + place.parent_path().string() + ": " + failed.message()};
    if (::rename(file_.c_str(), place.c_str()) != 0) return disk_error(place, "moving an image to");
    file_.clear();
    discount();
    return flush_directory(place.parent_path());
}

}  // namespace ajour::firmware
