// SPDX-License-Identifier: Apache-2.0
// What is subscribed to, and what a message is. Of the network thread.
#pragma once

#include "courier.hpp"
#include "subscriber.hpp"
#include "uplinks.hpp"

#include <memory>
#include <string>
#include <vector>

namespace ajour::lorawan {

class Feed final : public mqtt_client::Subscriber {
public:
    /// An application is as in topics; "+" are all.
    Feed(const std::vector<std::string>& applications, Uplinks& uplinks, Metrics& metrics,
         sdk::Host& host, std::shared_ptr<Courier> courier)
        : applications_(applications),
          uplinks_(uplinks),
          metrics_(metrics),
          host_(host),
          courier_(std::move(courier)) {}

    sdk::Result<mqtt_client::Wishes> wishes() override;
    void begin(mqtt_client::Session&) noexcept override {}
    void arrived(const mqtt_client::Incoming& message) override;
    void not_granted(const std::string& filter, const std::string& why) override;

private:
    const std::vector<std::string>& applications_;
    Uplinks& uplinks_;
    Metrics& metrics_;
    sdk::Host& host_;
    const std::shared_ptr<Courier> courier_;
};

}  // namespace ajour::lorawan
