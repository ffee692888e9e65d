// SPDX-License-Identifier: Apache-2.0
// Commands by the MQTT integration: `command/<application>/<device>/<command>`.
#pragma once

#include "delivery.hpp"
#include "metrics.hpp"
#include "outlet.hpp"
#include "suspects.hpp"

#include <cstdint>
#include <string>

namespace ajour::drogue {

/// Of the network thread.
class MqttDelivery final : public Delivery {
public:
    struct Service {
        mqtt_client::Outlet& outlet;
        Suspects& suspects;
        Metrics& metrics;
        std::uint32_t packet_bytes;  ///< the largest that the cloud takes
    };

    explicit MqttDelivery(const Service& service) : service_(service) {}

    bool reaches(const Address& address) override;
    void submit(sdk::Message& status, const Address& address, sdk::Inbox& inbox) override;

private:
    std::uint32_t room() const noexcept;

    const Service service_;
    std::string topic_;  ///< of the answer to the status that is being taken
};

}  // namespace ajour::drogue
