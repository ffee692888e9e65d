// SPDX-License-Identifier: Apache-2.0
// The settings as the parts need them.
#pragma once

#include "action.hpp"
#include "choice.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ajour::hawkbit {

/// A tenant of a hawkBit.
struct Connection {
    std::string name;  ///< of the settings; empty: the one without a name
    std::string url;   ///< without the tenant and without a slash at its end
    std::string tenant, token, ca;
    bool plain = false;
    std::vector<std::string> applications;  ///< those that it serves; empty: any
};

enum class Confirmation : std::uint8_t { Ask, Confirm, Deny, Auto };

struct Options {
    std::vector<Connection> connections;
    std::string controller_pattern;
    Rule rule;
    Confirmation confirmation = Confirmation::Ask;
    bool attributes = true;
    std::string installed_name;  ///< with {application}; empty: hawkBit is not told
    std::chrono::seconds poll_min{5}, poll_max{24 * 3600}, poll_active{30};
    int poll_jitter = 10;       ///< percent
    std::size_t polls_max = 8;  ///< at once, for each connection
    std::chrono::seconds fresh{10};
    double requests_per_second = 100, writes_per_second = 20;
    std::size_t controllers_max = 100'000;
    std::chrono::seconds controllers_idle{30 * 24 * 3600};
    Budget budget;
    std::size_t outbox_max = 10'000;
    std::chrono::seconds deadline{0};  ///< 0: none
    int fetch_tries = 3;
    std::size_t answer_max = 1U << 20;
    std::chrono::milliseconds connect_timeout{10'000}, request_timeout{30'000};
    std::chrono::seconds stall{30};
};

}  // namespace ajour::hawkbit
