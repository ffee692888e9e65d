// SPDX-License-Identifier: Apache-2.0
// What the host has done from time to time: a token before the last one ends, the list of
// applications. [worker]
#pragma once

#include <ajour/sdk/host.hpp>

#include "access.hpp"
#include "applications.hpp"
#include "backoff.hpp"
#include "cloud_api.hpp"
#include "metrics.hpp"

#include <chrono>
#include <cstddef>

namespace ajour::drogue {

class Upkeep final : public sdk::Periodic {
public:
    struct Service {
        CloudApi& api;
        Access& access;
        Applications& applications;
        Metrics& metrics;
        sdk::Host& host;
        bool lists;                         ///< whether the registry is asked for applications
        std::size_t applications_max;       ///< of the list, the rest is left out
        std::chrono::milliseconds refresh;  ///< between two lists
    };

    explicit Upkeep(const Service& service)
        : service_(service), backoff_(std::chrono::seconds(1), std::chrono::minutes(1)) {}

    std::chrono::milliseconds interval() override;
    sdk::Result<void> tend() override;

private:
    using Clock = std::chrono::steady_clock;

    sdk::Result<void> get_token();
    sdk::Result<void> list_applications();

    const Service service_;
    mqtt_client::Backoff backoff_;
    Clock::time_point list_due_{};
    std::chrono::milliseconds retry_{0};  ///< zero: what was last done went well
};

}  // namespace ajour::drogue
