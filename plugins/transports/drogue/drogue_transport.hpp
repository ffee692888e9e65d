// SPDX-License-Identifier: Apache-2.0
// The transport: settings in, a client of the cloud out.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "airtime.hpp"
#include "applications.hpp"
#include "client.hpp"
#include "cloud_api.hpp"
#include "delivery.hpp"
#include "drogue_access/token_reload.hpp"
#include "feed.hpp"
#include "metrics.hpp"
#include "outlet.hpp"
#include "post_queue.hpp"
#include "posters.hpp"
#include "read_settings.hpp"
#include "statuses.hpp"
#include "suspects.hpp"
#include "taps.hpp"
#include "upkeep.hpp"

#include <functional>
#include <memory>
#include <mutex>

namespace ajour::drogue {

/// Without a server or the cloud's API in its settings it starts and does nothing.
class DrogueTransport final : public sdk::Transport {
public:
    /// Throws when the settings contradict each other.
    explicit DrogueTransport(sdk::Host& host);
    ~DrogueTransport() override;

    sdk::Result<void> start(sdk::Inbox& inbox) override;
    void stop() override;
    sdk::Periodic* periodic() noexcept override { return settings_.is_used() ? &upkeep_ : nullptr; }
    sdk::Reloadable* reloadable() noexcept override { return &token_reload_; }

private:
    sdk::Result<void> listen();
    sdk::Result<void> start_feed();
    sdk::Result<void> start_taps();
    /// Where the settings do not say it, the cloud does. [worker]
    sdk::Result<void> find_server();
    std::function<sdk::Result<void>()> finder();
    sdk::Result<void> take_place(const drogue_access::Endpoints& found);
    std::unique_ptr<Delivery> make_delivery();
    void warn() const;

    sdk::Host& host_;
    const Settings settings_;
    drogue_access::TokenReload token_reload_{host_.settings()};
    Metrics metrics_;
    http_client::Client http_;
    drogue_access::Access access_;
    Applications applications_;
    CloudApi api_;
    Upkeep upkeep_;
    Suspects suspects_;
    mqtt_client::Outlet outlet_;
    std::shared_ptr<PostQueue> posts_;
    std::unique_ptr<Posters> posters_;
    std::unique_ptr<Delivery> delivery_;
    std::shared_ptr<lora::Airtime> airtime_;
    std::unique_ptr<Statuses> statuses_;
    std::mutex mutex_;  // guards all below
    bool stopped_ = false;
    mqtt_client::Options connection_;  // with the address of the settings, or that of the cloud
    TapSettings taps_settings_;        // likewise
    std::unique_ptr<Feed> feed_;
    std::unique_ptr<mqtt_client::Client> client_;
    std::unique_ptr<Taps> taps_;
};

}  // namespace ajour::drogue
