// SPDX-License-Identifier: Apache-2.0
// From an uplink to a status for the host. Whatever comes is counted, and ends nothing. [any]
#pragma once

#include <ajour/sdk/transport.hpp>

#include "answer_window.hpp"
#include "courier.hpp"
#include "downlinks.hpp"
#include "metrics.hpp"
#include "name_pattern.hpp"
#include "uplink.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace ajour::lorawan {

struct UplinkSettings {
    NamePattern application;
    NamePattern device;
    std::vector<std::uint32_t> ports;  ///< of statuses
    std::uint32_t command_port = 0;    ///< 0: that of the status
    lora::Radio radio;
};

class Uplinks {
public:
    struct Service {
        const UplinkSettings& settings;
        sdk::Inbox& inbox;
        std::shared_ptr<Downlinks> downlinks;
        Metrics& metrics;
        sdk::Host& host;
    };

    explicit Uplinks(Service service) : service_(std::move(service)) {}

    /// Takes what was read; the answer goes to `target` by the courier.
    void take(const sdk::Result<Uplink>& uplink, const std::shared_ptr<Courier>& courier,
              const std::function<std::string(const Uplink&)>& target);

    Downlinks& downlinks() const noexcept { return *service_.downlinks; }

private:
    sdk::Result<void> submit(const Uplink& uplink, const std::shared_ptr<Courier>& courier,
                             std::string target);
    void pass_over(const sdk::Error& error);

    const Service service_;
};

}  // namespace ajour::lorawan
