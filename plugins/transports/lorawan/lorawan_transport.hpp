// SPDX-License-Identifier: Apache-2.0
// The transport: settings in, a client of the network server out.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "client.hpp"
#include "downlinks.hpp"
#include "feed.hpp"
#include "metrics.hpp"
#include "outlet.hpp"
#include "posters.hpp"
#include "read_settings.hpp"
#include "webhook.hpp"

#include <memory>

namespace ajour::lorawan {

/// Without a server and a webhook in its settings it starts and does nothing.
class LorawanTransport final : public sdk::Transport {
public:
    /// Throws when the settings contradict each other.
    explicit LorawanTransport(sdk::Host& host);
    ~LorawanTransport() override;

    sdk::Result<void> start(sdk::Inbox& inbox) override;
    void stop() override;
    sdk::Hook* hook() noexcept override { return &webhook_; }

private:
    sdk::Result<void> start_feed();
    void start_webhook();
    void warn() const;

    sdk::Host& host_;
    const Settings settings_;
    Metrics metrics_;
    mqtt_client::Outlet outlet_;
    Webhook webhook_;
    std::shared_ptr<Downlinks> downlinks_;
    std::shared_ptr<Uplinks> uplinks_;
    std::unique_ptr<Posters> posters_;
    std::unique_ptr<Feed> feed_;
    std::unique_ptr<mqtt_client::Client> client_;
};

}  // namespace ajour::lorawan
