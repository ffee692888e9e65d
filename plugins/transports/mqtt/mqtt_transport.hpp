// SPDX-License-Identifier: Apache-2.0
// The transport: settings in, a client of the broker out.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "client.hpp"
#include "metrics.hpp"
#include "options.hpp"
#include "outlet.hpp"
#include "topics.hpp"
#include "turns.hpp"

#include <memory>

namespace ajour::mqtt {

/// Without a broker in its settings it starts and does nothing.
class MqttTransport final : public sdk::Transport {
public:
    /// Throws when the settings contradict each other.
    explicit MqttTransport(sdk::Host& host);
    ~MqttTransport() override;

    sdk::Result<void> start(sdk::Inbox& inbox) override;
    void stop() override;

private:
    void warn() const;

    sdk::Host& host_;
    const mqtt_client::Options options_;
    const Topics topics_;
    Metrics metrics_;
    mqtt_client::Outlet outlet_;
    std::unique_ptr<Turns> turns_;
    std::unique_ptr<mqtt_client::Client> client_;
};

}  // namespace ajour::mqtt
