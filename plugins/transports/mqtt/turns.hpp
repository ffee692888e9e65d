// SPDX-License-Identifier: Apache-2.0
// From a message of the broker to a status for the host.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "metrics.hpp"
#include "options.hpp"
#include "outlet.hpp"
#include "subscriber.hpp"
#include "topics.hpp"

#include <string>

namespace ajour::mqtt {

using mqtt_client::Incoming;
using mqtt_client::Session;

/// Of the network thread.
class Turns final : public mqtt_client::Subscriber {
public:
    /// What outlives the network thread.
    struct Service {
        const mqtt_client::Options& options;
        const Topics& topics;
        Metrics& metrics;
        sdk::Inbox& inbox;
        mqtt_client::Outlet& outlet;
    };

    explicit Turns(const Service& service) : service_(service) {}

    sdk::Result<mqtt_client::Wishes> wishes() override;
    void begin(Session&) noexcept override {}
    /// Hands a status over, unless it is none.
    void arrived(const Incoming& message) override;

private:
    bool is_sound(const Incoming& message) const noexcept;
    void submit(const Incoming& message, const Topics::Route& route);
    void choose_topic(const Incoming& message, const Topics::Route& route);

    const Service service_;
    std::string topic_;  ///< of the answer to the status that is being taken
};

}  // namespace ajour::mqtt
