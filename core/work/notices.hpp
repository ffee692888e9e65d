// SPDX-License-Identifier: Apache-2.0
// Lines of the log about what others did wrong, devices and servers: thinned out, and made
// harmless.
#pragma once

#include <ajour/sdk/host.hpp>

#include "work/clock.hpp"
#include "work/line_limiter.hpp"

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace ajour::work {

/// At most `max` bytes of a text that somebody else chose, each byte that is no printable ASCII
/// written as %XX, so that no line is broken and no terminal commanded.
std::string harmless(std::string_view text, std::size_t max);

/// Thread-safe.
class Notices {
public:
    /// `part` says who speaks, as "exchange". [any]
    using Write = std::function<void(sdk::LogLevel, std::string_view part, std::string_view text)>;

    Notices(Write write, const Clock& clock, sdk::Metric& left_out)
        : write_(std::move(write)), clock_(clock), left_out_(left_out) {}

    struct Notice {
        sdk::LogLevel level = sdk::LogLevel::Warning;
        std::string_view part;
        std::string_view alike;  ///< lines that have this in common are told once for all
        std::string_view text;   ///< what of it others chose has gone through `harmless`
    };
    /// [any]
    void tell(const Notice& notice) noexcept;

private:
    LineLimiter::Passed filter(std::string_view alike);

    const Write write_;
    const Clock& clock_;
    sdk::Metric& left_out_;
    std::mutex mutex_;  // guards limiter_
    LineLimiter limiter_;
};

}  // namespace ajour::work
