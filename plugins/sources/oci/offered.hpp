// SPDX-License-Identifier: Apache-2.0
// What each target was offered last, on disk: so that a restart while an OCI registry is away does
// not keep devices from what was found, and a tag that moved under the same version is still seen.
#pragma once

#include <ajour/sdk/host.hpp>
#include <ajour/sdk/result.hpp>

#include "releases.hpp"
#include "sqlite_file/database.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace ajour::oci {

/// May be used by many threads at once. What was put is there after the process was killed.
class Offered {
public:
    /// At most `most`: what was put longest ago makes room. `count` shows how many there are.
    Offered(std::filesystem::path file, std::size_t most, sdk::Metric& count);

    /// Opens the file, makes it if need be. Before it, and when it failed, nothing is known. [main]
    sdk::Result<void> start();

    /// By the name of a target; nothing too when the file fails. [any]
    std::optional<NamedRelease> find(const std::string& name);

    /// The same, when it was put before the start.
    std::optional<NamedRelease> find_earlier(const std::string& name);

    /// Writes only when it is another than was put before. [any]
    sdk::Result<void> put(const std::string& name, const NamedRelease& release);

private:
    std::optional<NamedRelease> read(const std::string& name, std::int64_t last);
    void write(const std::string& name, const NamedRelease& release);

    const std::filesystem::path file_;
    const std::size_t most_;
    sdk::Metric& count_;
    std::mutex mutex_;  // guards all below
    std::unique_ptr<sqlite_file::Database> database_;
    std::int64_t last_earlier_ = 0;  ///< row that was there at the start
};

}  // namespace ajour::oci
