// SPDX-License-Identifier: Apache-2.0
#include "store/private_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>
#include <utility>

namespace ajour::store {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int number() const noexcept { return number_; }

private:
    int number_;
};

Error failed(const std::filesystem::path& file) {
    return {ErrorKind::Unavailable,
            "writing " + file.string() + ": " + std::generic_category().message(errno)};
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(descriptor) == 0;
}

bool sync_directory(const std::filesystem::path& directory) {
    const Descriptor descriptor(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return descriptor.number() >= 0 && ::fsync(descriptor.number()) == 0;
}

}  // namespace

Result<void> replace_private_file(const std::filesystem::path& file, std::string_view text) {
    const std::filesystem::path fresh = file.string() + ".new";
    ::unlink(fresh.c_str());
    {
        constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
        const Descriptor descriptor(::open(fresh.c_str(), flags, 0600));
        if (descriptor.number() < 0 || !write_all(descriptor.number(), text)) return failed(fresh);
    }
    if (::rename(fresh.c_str(), file.c_str()) != 0) return failed(file);
    const auto directory = file.has_parent_path() ? file.parent_path() : ".";
    if (!sync_directory(directory)) return failed(file);
    return {};
}

}  // namespace ajour::store
