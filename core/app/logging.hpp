// SPDX-License-Identifier: Apache-2.0
// The log: one line per event, to standard error or to files that are turned over.
#pragma once

#include <ajour/sdk/host.hpp>

#include "settings/section.hpp"

#include <memory>
#include <string_view>

namespace spdlog {
class logger;
}

namespace ajour::app {

class Log {
public:
    /// Throws std::runtime_error when the file cannot be opened.
    explicit Log(const settings::Section& host);

    /// `part` says who speaks: "source.file", "fleet". [any]
    void write(sdk::LogLevel level, std::string_view part, std::string_view text) noexcept;
    void take_level(const settings::Section& host);

    /// Opens the file anew, which may be another or of other bounds now: who turned it over by
    /// renaming it gets a fresh one. Lines are written meanwhile. An Error keeps what was.
    sdk::Result<void> reopen(const settings::Section& host);

private:
    struct Outlet;

    std::shared_ptr<Outlet> outlet_;
    std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace ajour::app
