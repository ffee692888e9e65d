// SPDX-License-Identifier: Apache-2.0
// How long an OCI registry is left alone after it failed or asked for it. Knows no clock.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace ajour::oci {

class BackOff {
public:
    using Instant = std::chrono::steady_clock::time_point;

    struct Rest {
        std::chrono::seconds left;  ///< at least 1
        std::string reason;
    };

    /// Whether, and why, it is to be left alone now.
    std::optional<Rest> rest(Instant now) const;

    /// It failed. `asked` is how long it wants to be left alone; 0: it did not say, and the time
    /// doubles from failure to failure. `chance`, of 0 to 1, spreads those who wait.
    void failed(Instant now, std::chrono::seconds asked, double chance, std::string reason);

    void succeeded();

private:
    Instant until_{};
    unsigned failures_ = 0;
    std::string reason_;
};

}  // namespace ajour::oci
