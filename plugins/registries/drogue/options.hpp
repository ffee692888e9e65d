// SPDX-License-Identifier: Apache-2.0
// The settings, as the parts want them.
#pragma once

#include "drogue_access/access.hpp"
#include "http_client/client.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace ajour::drogue_registry {

struct Options {
    using Milliseconds = std::chrono::milliseconds;

    std::string url;  ///< without a slash at its end; empty: not in use
    drogue_access::Credentials credentials;
    http_client::Options http;
    Milliseconds pause_min{1'000}, pause_max{60'000};

    std::vector<std::string> applications;  ///< that are looked through from the start
    std::size_t applications_max = 1000;
    Milliseconds applications_idle{900'000};
    Milliseconds poll{30'000};  ///< zero: never
    std::size_t events_max = 10'000;
    std::string labels;
    std::size_t limit = 500;

    Milliseconds age{300'000}, missing_age{10'000};
    std::size_t cache_bytes = 256U << 20;

    int step = 10;  ///< percent
    Milliseconds settle{1'000}, interval{30'000}, interval_max{300'000};
    int turns = 200;
    std::size_t statuses_max = 100'000;
    std::size_t writers = 4;
    int tries = 5;
    Milliseconds stop_timeout{2'000};
};

}  // namespace ajour::drogue_registry
