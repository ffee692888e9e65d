// SPDX-License-Identifier: Apache-2.0
// Calls the plugins' periodic work when it is due, each on a crew, never two at once for one
// plugin.
#pragma once

#include <ajour/sdk/host.hpp>

#include "work/clock.hpp"
#include "work/crew.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <list>
#include <string>

namespace ajour::app {

class PeriodicWork {
public:
    using Complain = std::function<void(const std::string& plugin, const std::string& text)>;

    PeriodicWork(const work::Clock& clock, Complain complain)
        : clock_(clock), complain_(std::move(complain)) {}

    /// Null is no work. Before the first call of `post_due`. [main]
    void add(std::string plugin, sdk::PeriodicPort* port, work::Crew& crew);

    /// Hands what is due to its crew. One thread.
    void post_due();

private:
    struct Job {
        std::string plugin;
        sdk::PeriodicPort* port;
        work::Crew* crew;
        std::atomic<bool> running{false};
        std::atomic<work::Instant> due{work::Instant{}};
    };
    void tend(Job& job);

    const work::Clock& clock_;
    Complain complain_;
    std::list<Job> jobs_;
};

}  // namespace ajour::app
