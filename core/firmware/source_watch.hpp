// SPDX-License-Identifier: Apache-2.0
// Says when a source fails for a target, and when it is well again: once each.
#pragma once

#include <ajour/sdk/result.hpp>

#include "firmware/supply.hpp"
#include "work/notices.hpp"

#include <atomic>
#include <string>

namespace ajour::firmware {

/// Both are called by the renewal of that supply that runs, and by it only.
class SourceWatch {
public:
    /// Before that, and with null, nothing is said. [main]
    void speak_to(work::Notices* notices) noexcept { notices_ = notices; }

    /// [worker]
    void failed(Supply& supply, const sdk::Error& error) const;
    /// The source asked for time; who does so for too long fails. [worker]
    void waits(Supply& supply, const std::string& reason, work::Instant now) const;
    /// [worker]
    void served(Supply& supply) const;

private:
    std::atomic<work::Notices*> notices_{nullptr};
};

}  // namespace ajour::firmware
