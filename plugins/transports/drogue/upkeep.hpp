// SPDX-License-Identifier: Apache-2.0
// What the host has done from time to time: where the cloud's events come from, a token before the
// last one ends, the list of applications. [worker]
#pragma once

#include <ajour/sdk/host.hpp>

#include "application_list.hpp"
#include "applications.hpp"
#include "backoff.hpp"
#include "cloud_api.hpp"
#include "drogue_access/access.hpp"
#include "metrics.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace ajour::drogue {

class Upkeep final : public sdk::Periodic {
public:
    struct Service {
        CloudApi& api;
        drogue_access::Access& access;
        Applications& applications;
        Metrics& metrics;
        sdk::Host& host;
        bool lists;  ///< whether the registry is asked for applications
        ListBounds list;
        const std::vector<std::string>& excluded;        ///< applications that do not count
        std::chrono::milliseconds refresh;               ///< between two lists
        std::function<sdk::Result<void>()> find_server;  ///< until it went well; null: not at all
    };

    explicit Upkeep(const Service& service)
        : service_(service), backoff_(std::chrono::seconds(1), std::chrono::minutes(1)) {}

    std::chrono::milliseconds interval() override;
    sdk::Result<void> tend() override;

private:
    using Clock = std::chrono::steady_clock;

    bool has_to_find_server() const { return service_.find_server && !found_server_; }
    sdk::Result<void> find_server();
    sdk::Result<void> get_token();
    sdk::Result<void> list_applications();
    sdk::Result<void> read_pages(ApplicationList& list);

    const Service service_;
    mqtt_client::Backoff backoff_;
    bool found_server_ = false;
    Clock::time_point list_due_{};
    std::chrono::milliseconds retry_{0};  ///< zero: what was last done went well
};

}  // namespace ajour::drogue
