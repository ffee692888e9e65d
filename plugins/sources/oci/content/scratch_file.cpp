// SPDX-License-Identifier: Apache-2.0
#include "content/scratch_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

Error system_error(const std::string& doing, int code) {
    const auto kind = code == ENOSPC || code == EDQUOT ? ErrorKind::Full : ErrorKind::Unavailable;
    return {kind, doing + ": " + std::generic_category().message(code)};
}

}  // namespace

Result<ScratchFile> ScratchFile::create(std::filesystem::path path, std::uint64_t limit,
                                        std::string what, ErrorKind beyond) {
    ::unlink(path.c_str());
    const auto descriptor =
        ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (descriptor < 0) return system_error("making " + path.string(), errno);
    return ScratchFile(std::move(path), descriptor, limit, std::move(what), beyond);
}

ScratchFile::ScratchFile(ScratchFile&& other) noexcept
    : path_(std::exchange(other.path_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)),
      limit_(other.limit_),
      size_(other.size_),
      what_(std::move(other.what_)),
      beyond_(other.beyond_),
      hash_(std::move(other.hash_)) {}

ScratchFile::~ScratchFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!path_.empty()) ::unlink(path_.c_str());
}

Error ScratchFile::failed(const char* doing) const {
    return system_error(doing + what_, errno);
}

Result<void> ScratchFile::write(sdk::ByteView bytes) noexcept {
    if (bytes.size() > limit_ - size_) {
        return Error{beyond_, what_ + " has more than " + std::to_string(limit_) + " bytes"};
    }
    hash_.update(bytes);
    size_ += bytes.size();
    while (!bytes.empty()) {
        const auto wrote = ::write(descriptor_, bytes.data(), bytes.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return failed("writing ");
        bytes = bytes.subspan(static_cast<std::size_t>(wrote));
    }
    return {};
}

Result<void> ScratchFile::restart() {
    if (::ftruncate(descriptor_, 0) != 0 || ::lseek(descriptor_, 0, SEEK_SET) != 0) {
        return failed("starting again ");
    }
    size_ = 0;
    hash_ = Hash();
    return {};
}

Result<void> ScratchFile::keep_as(const std::filesystem::path& path) {
    if (::rename(path_.c_str(), path.c_str()) != 0) return failed("renaming ");
    path_.clear();
    return {};
}

}  // namespace ajour::oci
