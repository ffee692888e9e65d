// SPDX-License-Identifier: Apache-2.0
#include "firmware/image.hpp"

#include "digest/sha256.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace ajour::firmware {

using sdk::Error;
using sdk::ErrorKind;

namespace {

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int fd() const { return fd_; }

private:
    int fd_;
};

Error system_error(const std::filesystem::path& file, const char* doing) {
    return {ErrorKind::Unavailable,
            std::string(doing) + " " + file.string() + ": " + std::strerror(errno)};
}

sdk::Result<sdk::ByteView> map_file(const std::filesystem::path& file) {
    const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (opened.fd() < 0) return system_error(file, "opening");
    struct stat facts {};
    if (::fstat(opened.fd(), &facts) != 0) return system_error(file, "reading the size of");
    if (facts.st_size <= 0) return Error{ErrorKind::Mismatch, file.string() + " is empty"};
    const auto size = static_cast<std::size_t>(facts.st_size);
    void* memory = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, opened.fd(), 0);
    if (memory == MAP_FAILED) return system_error(file, "mapping");
    return sdk::ByteView(static_cast<const std::uint8_t*>(memory), size);
}

}  // namespace

sdk::Result<std::shared_ptr<const Image>> Image::open(const std::filesystem::path& file,
                                                      const sdk::Sha256& sha256) {
    const auto bytes = map_file(file);
    if (!bytes) return bytes.error();
    std::shared_ptr<const Image> image(new Image(*bytes, sha256));
    const auto found = digest::sha256(*bytes);
    if (found != sha256) {
        return Error{ErrorKind::Mismatch,
                     file.string() + " has SHA-256 " + found.hex() + ", expected " + sha256.hex()};
    }
    return image;
}

Image::~Image() {
    ::munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size());
}

}  // namespace ajour::firmware
