// SPDX-License-Identifier: Apache-2.0
// From a command to a downlink: whether it may be sent now, and then to its courier. [any]
#pragma once

#include <ajour/sdk/device.hpp>
#include <ajour/sdk/host.hpp>
#include <ajour/sdk/transport.hpp>

#include "air_budget.hpp"
#include "airtime.hpp"
#include "answer_window.hpp"
#include "courier.hpp"
#include "metrics.hpp"
#include "network.hpp"
#include "waiting_downlinks.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

namespace ajour::lorawan {

/// Where the command to an uplink goes.
struct Answer {
    sdk::DeviceId device;
    std::string device_eui;
    std::string target;  ///< a topic, or a URL
    std::uint32_t port = 0;
    lora::Window window;
    bool withheld = false;  ///< another downlink answers this uplink
};

/// Late replies share it, and may outlive all else of the transport but the host's metrics.
class Downlinks {
public:
    struct Service {
        std::shared_ptr<const Network> network;
        lora::Allowance allowance;
        Metrics metrics;
        sdk::Host& host;
        lora::Airtime::Clock clock;
        sdk::Inbox& inbox;  // which is told of what waits for air time
    };

    explicit Downlinks(Service service);

    /// Sends it, or counts why not: its device's next uplink is answered anew.
    void send(const Answer& answer, sdk::ByteView command, Courier& courier) noexcept;

    /// Whether a downlink that waits in the network server answers this uplink.
    bool is_answered(const std::string& device_eui);
    /// A gateway has sent one to this device.
    void gone(const std::string& device_eui);

    /// From one full downlink in this window to the next, by the budget; zero: no bound.
    std::chrono::milliseconds pace(const lora::Window& window) const noexcept {
        return airtime_.pace(window);
    }

    const Network& network() const noexcept { return *network_; }
    /// From now on nothing is sent any more.
    void end() noexcept { airtime_.end(); }

private:
    void await(const std::string& device_eui);

    const std::shared_ptr<const Network> network_;
    const Metrics metrics_;
    lora::Airtime airtime_;
    std::mutex mutex_;  // guards all below
    WaitingDownlinks waiting_;
};

}  // namespace ajour::lorawan
