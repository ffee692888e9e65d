// SPDX-License-Identifier: Apache-2.0
#include "app/state_directory.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace ajour::app {

namespace fs = std::filesystem;

StateDirectory::StateDirectory(fs::path path) : path_(std::move(path)) {
    std::error_code failed;
    if (fs::create_directories(path_, failed)) fs::permissions(path_, fs::perms::owner_all, failed);
    if (failed) {
        throw std::runtime_error("making the state directory " + path_.string() + ": " +
                                 failed.message());
    }
    const auto file = path_ / "lock";
    lock_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_ < 0)
        throw std::runtime_error("opening " + file.string() + ": " + std::strerror(errno));
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock_);
        throw std::runtime_error("the state directory " + path_.string() +
                                 " is in use by another ajourd");
    }
}

StateDirectory::~StateDirectory() {
    ::close(lock_);
}

void StateDirectory::publish(const std::string& name, const std::string& content) const {
    const auto fresh = path_ / (name + ".new");
    std::ofstream(fresh) << content << '\n';
    fs::rename(fresh, path_ / name);
}

}  // namespace ajour::app
