// SPDX-License-Identifier: Apache-2.0
// The directory that survives restarts, held by one process at a time.
#pragma once

#include <filesystem>

namespace ajour::app {

class StateDirectory {
public:
    /// Makes it with mode 0700 when it is not there, and locks it. Throws std::runtime_error, also
    /// when another process holds it.
    explicit StateDirectory(std::filesystem::path path);
    ~StateDirectory();
    StateDirectory(const StateDirectory&) = delete;
    StateDirectory& operator=(const StateDirectory&) = delete;

    const std::filesystem::path& path() const noexcept { return path_; }

    /// Replaces a small file for other programs to read, such as a port that was chosen.
    void publish(const std::string& name, const std::string& content) const;

private:
    std::filesystem::path path_;
    int lock_ = -1;
};

}  // namespace ajour::app
