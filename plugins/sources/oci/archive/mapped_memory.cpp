// SPDX-License-Identifier: Apache-2.0
#include "archive/mapped_memory.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <exception>
#include <string>
#include <system_error>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;

namespace {

class UnnamedFile {
public:
    explicit UnnamedFile(const std::filesystem::path& directory) {
        auto path = (directory / "window.XXXXXX").string();
        descriptor_ = ::mkostemp(path.data(), O_CLOEXEC);
        if (descriptor_ < 0) code_ = errno;
        if (descriptor_ >= 0) ::unlink(path.c_str());
    }
    UnnamedFile(const UnnamedFile&) = delete;
    UnnamedFile& operator=(const UnnamedFile&) = delete;
    ~UnnamedFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }

    /// Null when that fails; `code` says why.
    void* map(std::size_t size) {
        if (descriptor_ < 0) return nullptr;
        code_ = ::posix_fallocate(descriptor_, 0, static_cast<off_t>(size));
        if (code_ != 0) return nullptr;
        auto* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor_, 0);
        if (memory != MAP_FAILED) return memory;
        code_ = errno;
        return nullptr;
    }
    int code() const { return code_; }

private:
    int descriptor_ = -1, code_ = 0;
};

}  // namespace

MappedMemory::~MappedMemory() {
    for (const auto& [memory, size] : mapped_) ::munmap(memory, size);
}

void* MappedMemory::map(std::size_t size) {
    UnnamedFile file(directory_);
    auto* memory = file.map(size);
    if (memory != nullptr) {
        mapped_.emplace(memory, size);
        return memory;
    }
    const auto code = file.code();
    failure_ = Error{code == ENOSPC || code == EDQUOT ? ErrorKind::Full : ErrorKind::Unavailable,
                     "making a file of " + std::to_string(size) + " bytes in " +
                         directory_.string() + ": " + std::generic_category().message(code)};
    return nullptr;
}

void* MappedMemory::allocate(std::size_t size) noexcept {
    if (size < FileMin) return std::malloc(size);
    try {
        return map(size);
    } catch (const std::exception&) {
        return nullptr;
    }
}

void MappedMemory::free(void* memory) noexcept {
    const auto found = mapped_.find(memory);
    if (found == mapped_.end()) return std::free(memory);
    ::munmap(memory, found->second);
    mapped_.erase(found);
}

}  // namespace ajour::oci
