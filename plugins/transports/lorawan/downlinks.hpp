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
#include "learnt_rooms.hpp"
#include "metrics.hpp"
#include "network.hpp"
#include "open_downlinks.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

namespace ajour::lorawan {

/// Where the command to an uplink goes.
struct Answer {
    sdk::DeviceId device;
    std::string device_eui;
    std::string address;  ///< as Uplink::address
    std::string target;   ///< a topic, or a URL
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
    bool is_answered(const std::string& address);
    /// The bytes of the answer to an uplink that came now, no more than the window's.
    std::uint32_t room(const std::string& address, const lora::Window& window);
    /// The network server tells what became of one.
    void settle(const sdk::Result<Fate>& fate);

    /// From one full downlink in this window to the next, by the budget; zero: no bound.
    std::chrono::milliseconds pace(const lora::Window& window) const noexcept {
        return airtime_.pace(window);
    }

    const Network& network() const noexcept { return *network_; }
    /// From now on nothing is sent any more.
    void end() noexcept { airtime_.end(); }

private:
    void open(const Answer& answer, std::size_t bytes, lora::AirBudget::Instant at);
    std::optional<OpenDownlink> close(const Fate& fate);
    bool learn(const Fate& fate, const OpenDownlink& downlink);
    void count(const Fate& fate);
    void tell(const Fate& fate, const OpenDownlink& downlink);
    void log(const Fate& fate, const OpenDownlink& downlink, bool shorter);

    const std::shared_ptr<const Network> network_;
    const Metrics metrics_;
    sdk::Host& host_;
    sdk::Inbox& inbox_;
    lora::Airtime airtime_;
    std::mutex mutex_;  // guards all below
    OpenDownlinks open_;
    LearntRooms rooms_;
};

}  // namespace ajour::lorawan
