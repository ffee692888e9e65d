// SPDX-License-Identifier: Apache-2.0
// The transport: settings in, a client of the cloud out.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "access.hpp"
#include "applications.hpp"
#include "client.hpp"
#include "cloud_api.hpp"
#include "delivery.hpp"
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

#include <memory>

namespace ajour::drogue {

/// Without a server in its settings it starts and does nothing.
class DrogueTransport final : public sdk::Transport {
public:
    /// Throws when the settings contradict each other.
    explicit DrogueTransport(sdk::Host& host);
    ~DrogueTransport() override;

    sdk::Result<void> start(sdk::Inbox& inbox) override;
    void stop() override;
    sdk::Periodic* periodic() noexcept override { return settings_.is_used() ? &upkeep_ : nullptr; }

private:
    sdk::Result<void> start_feed();
    sdk::Result<void> start_taps();
    std::unique_ptr<Delivery> make_delivery(sdk::Inbox& inbox);
    void warn() const;

    sdk::Host& host_;
    const Settings settings_;
    Metrics metrics_;
    Access access_;
    Applications applications_;
    CloudApi api_;
    Upkeep upkeep_;
    Suspects suspects_;
    mqtt_client::Outlet outlet_;
    std::shared_ptr<PostQueue> posts_;
    std::unique_ptr<Posters> posters_;
    std::unique_ptr<Delivery> delivery_;
    std::unique_ptr<Statuses> statuses_;
    std::unique_ptr<Feed> feed_;
    std::unique_ptr<mqtt_client::Client> client_;
    std::unique_ptr<Taps> taps_;
};

}  // namespace ajour::drogue
