// SPDX-License-Identifier: Apache-2.0
// The transport: settings in, a client of the broker out.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "client.hpp"
#include "metrics.hpp"
#include "options.hpp"
#include "topics.hpp"

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
    const Options options_;
    const Topics topics_;
    Metrics metrics_;
    std::unique_ptr<Client> client_;
};

}  // namespace ajour::mqtt
