// SPDX-License-Identifier: Apache-2.0
#include "cli/new_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace ajour::cli {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr mode_t readable_by_all = 0644;

Error failed(const std::string& doing) {
    const int number = errno;
    const auto kind =
        number == ENOSPC || number == EDQUOT ? ErrorKind::Full : ErrorKind::Unavailable;
    return {kind, doing + ": " + std::generic_category().message(number)};
}

}  // namespace

Result<NewFile> NewFile::beside(const std::filesystem::path& path) {
    auto hidden = (path.parent_path() / ("." + path.filename().string() + ".XXXXXX")).string();
    const int descriptor = ::mkostemp(hidden.data(), O_CLOEXEC);
    if (descriptor < 0) return failed("writing into " + path.parent_path().string());
    NewFile file(descriptor, std::move(hidden), path);
    if (::fchmod(descriptor, readable_by_all) != 0) return failed("writing " + path.string());
    return file;
}

NewFile::NewFile(NewFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      hidden_(std::exchange(other.hidden_, {})),
      path_(std::move(other.path_)) {}

NewFile::~NewFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!hidden_.empty()) ::unlink(hidden_.c_str());
}

Result<void> NewFile::write(sdk::ByteView bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failed("writing " + path_.string());
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> NewFile::sync() {
    if (::fsync(descriptor_) != 0) return failed("writing " + path_.string());
    return {};
}

Result<void> NewFile::take_place() {
    if (::rename(hidden_.c_str(), path_.c_str()) != 0)
        return failed("renaming to " + path_.string());
    hidden_.clear();
    return {};
}

Result<DirectoryLock> DirectoryLock::take(const std::filesystem::path& directory) {
    const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return failed("opening " + directory.string());
    DirectoryLock lock(descriptor);
    while (::flock(descriptor, LOCK_EX) != 0) {
        if (errno != EINTR) return failed("locking " + directory.string());
    }
    return lock;
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

DirectoryLock::~DirectoryLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> DirectoryLock::sync() const {
    if (::fsync(descriptor_) != 0) return failed("syncing the directory");
    return {};
}

}  // namespace ajour::cli
