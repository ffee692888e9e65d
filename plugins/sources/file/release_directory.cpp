// SPDX-License-Identifier: Apache-2.0
#include "release_directory.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace ajour::file {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

Error system_error(int number) {
    const auto text = std::generic_category().message(number);
    switch (number) {
        case ENOENT:
            return {ErrorKind::NotFound, text};
        case ELOOP:
            return {ErrorKind::Refused, "is a symbolic link, expected a regular file"};
        default:
            return {ErrorKind::Unavailable, text};
    }
}

Result<OpenFile> take_regular(int descriptor) {
    struct stat facts {};
    const int failure = ::fstat(descriptor, &facts) == 0 ? 0 : errno;
    OpenFile file(descriptor, static_cast<std::uint64_t>(facts.st_size));
    if (failure != 0) return system_error(failure);
    if (!S_ISREG(facts.st_mode)) return Error{ErrorKind::Refused, "is no regular file"};
    return file;
}

}  // namespace

OpenFile::~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::size_t> OpenFile::read(std::span<std::uint8_t> room, std::uint64_t offset) const {
    std::size_t filled = 0;
    while (filled < room.size()) {
        const auto got = ::pread(descriptor_, room.data() + filled, room.size() - filled,
                                 static_cast<off_t>(offset + filled));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return system_error(errno);
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
    }
    return filled;
}

Result<OpenFile> ReleaseDirectory::open(const std::string& file) const {
    const int directory = ::open(root_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return system_error(errno).in("opening directory " + root_.string());
    // Without O_NONBLOCK, opening a pipe would wait for its other end.
    const int descriptor =
        ::openat(directory, file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    const int failure = errno;
    ::close(directory);
    auto result = descriptor < 0 ? system_error(failure) : take_regular(descriptor);
    if (!result) return result.error().in("opening " + (root_ / file).string());
    return result;
}

}  // namespace ajour::file
