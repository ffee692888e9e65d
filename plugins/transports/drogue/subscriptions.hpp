// SPDX-License-Identifier: Apache-2.0
// What one connection is subscribed to, and what is to be asked of it next. Pure.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace ajour::drogue {

class Subscriptions {
public:
    using Moment = std::chrono::steady_clock::time_point;

    struct Change {
        std::vector<std::string> begin;
        std::vector<std::string> end;
    };

    /// A subscription that was not granted is asked for again after this time.
    explicit Subscriptions(std::chrono::milliseconds again_after) noexcept
        : again_after_(again_after) {}

    /// A new connection, which asks for all of these.
    void restart(const std::vector<std::string>& wanted);
    /// What to ask for, so that these are subscribed to; it counts as asked for. `wanted` is
    /// sorted.
    Change change_to(const std::vector<std::string>& wanted, Moment now);
    void not_granted(const std::string& filter, Moment now);
    std::size_t refused() const noexcept;

private:
    struct State {
        bool refused = false;
        Moment again{};
    };

    const std::chrono::milliseconds again_after_;
    std::map<std::string, State> asked_;
};

}  // namespace ajour::drogue
