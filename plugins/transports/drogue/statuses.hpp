// SPDX-License-Identifier: Apache-2.0
// From an event of the cloud to a status for the host. Whatever comes is counted, and ends nothing.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "airtime.hpp"
#include "answer_window.hpp"
#include "cloud_event.hpp"
#include "delivery.hpp"
#include "event_time.hpp"
#include "metrics.hpp"
#include "packets.hpp"
#include "route.hpp"
#include "structured_event.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace ajour::drogue {

/// Of the one thread that reads events.
class Statuses {
public:
    struct Rules {
        RouteSettings routes;
        Freshness freshness;
        std::size_t event_bytes;  ///< of the largest event
        lora::Radio radio;        ///< of the devices on LoRaWAN
    };

    struct Service {
        const Rules& rules;
        Metrics& metrics;
        sdk::Host& host;
        Delivery& delivery;
        sdk::Inbox& inbox;
        std::shared_ptr<lora::Airtime> airtime;  ///< of the devices on LoRaWAN
    };

    explicit Statuses(const Service& service)
        : rules_(service.rules),
          routes_(rules_.routes),
          metrics_(service.metrics),
          host_(service.host),
          delivery_(service.delivery),
          inbox_(service.inbox),
          airtime_(service.airtime) {}

    /// Takes an event of the application. [of one thread]
    void take(std::string_view application, const mqtt_client::Incoming& message);

private:
    sdk::Result<Reading> read(const mqtt_client::Incoming& message);
    sdk::Result<void> take_status(std::string_view application, const Route& route);
    sdk::Result<void> check_application(std::string_view application) const;
    sdk::Result<bool> is_stale() const;
    sdk::Result<void> unwrap(const Route& route);
    void submit(std::string_view application, const Route& route);
    void submit_lora(sdk::Message& status, const Address& address);
    lora::Window lora_window() const noexcept;
    void count_unreadable(std::string_view application, const sdk::Error& error);

    const Rules& rules_;
    Routes routes_;
    Metrics& metrics_;
    sdk::Host& host_;
    Delivery& delivery_;
    sdk::Inbox& inbox_;
    const std::shared_ptr<lora::Airtime> airtime_;
    CloudEvent event_;  ///< the one that is being taken
};

}  // namespace ajour::drogue
