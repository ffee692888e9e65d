// SPDX-License-Identifier: Apache-2.0
// The threads that take statuses from the outbox to the cloud.
#pragma once

#include <ajour/sdk/host.hpp>

#include "cloud.hpp"
#include "outbox.hpp"
#include "status_writer.hpp"

#include <chrono>
#include <cstddef>
#include <thread>
#include <vector>

namespace ajour::drogue_registry {

class Writers {
public:
    struct Parts {
        Outbox& outbox;
        StatusWriter& writer;
        Cloud& cloud;
        Metrics& metrics;
        sdk::Host& host;
    };
    Writers(const Parts& parts, std::size_t count);
    ~Writers() { stop(std::chrono::milliseconds::zero()); }

    /// Lets them write what waits for at most that long, then ends the requests and them.
    void stop(std::chrono::milliseconds patience);

private:
    void run() noexcept;
    void write(const sdk::Report& report);

    const Parts parts_;
    std::vector<std::thread> threads_;
};

}  // namespace ajour::drogue_registry
