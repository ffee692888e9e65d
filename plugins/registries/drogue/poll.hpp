// SPDX-License-Identifier: Apache-2.0
// Finds what others changed: asks for what events tell of, and looks through the active
// applications for the rest, a page at a time. [worker]
#pragma once

#include <ajour/sdk/host.hpp>

#include "active.hpp"
#include "cloud.hpp"
#include "news.hpp"
#include "options.hpp"
#include "records.hpp"
#include "tips.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace ajour::drogue_registry {

class Poll final : public sdk::Periodic {
public:
    struct Parts {
        Cloud& cloud;
        Records& records;
        Active& active;
        News& news;
        Tips& tips;
        const Options& options;
    };
    explicit Poll(const Parts& parts) : parts_(parts) {}

    std::chrono::milliseconds interval() override;
    sdk::Result<void> tend() override;

private:
    using Clock = std::chrono::steady_clock;
    struct Round {
        std::string application;
        bool listing = false;  // the application itself was asked for
        std::size_t offset = 0;
    };

    sdk::Result<void> follow(const sdk::DeviceId& tip);
    sdk::Result<void> look_through();
    void choose(Clock::time_point now);
    sdk::Result<void> ask_application(Round& round);
    sdk::Result<void> ask_page(Round& round);
    void take(const Round& round, Record record);
    void end(const Round& round);

    const Parts parts_;
    std::map<std::string, Clock::time_point> due_;  // of each active application
    std::optional<Round> round_;
    std::uint64_t rounds_ = 0;
};

}  // namespace ajour::drogue_registry
