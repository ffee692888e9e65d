// SPDX-License-Identifier: Apache-2.0
// The MQTT integration: what is subscribed to, and whose event a message is. Of the network thread.
#pragma once

#include <ajour/sdk/host.hpp>

#include "applications.hpp"
#include "drogue_access/access.hpp"
#include "metrics.hpp"
#include "statuses.hpp"
#include "subscriber.hpp"
#include "subscriptions.hpp"
#include "suspects.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace ajour::drogue {

struct FeedSettings {
    std::string group;  ///< of a shared subscription; empty: none
    bool binary = false;
    bool speaks_version_5 = true;
    std::chrono::milliseconds again_after{0};  ///< a subscription that was refused
};

class Feed final : public mqtt_client::Subscriber {
public:
    struct Service {
        const FeedSettings& settings;
        Applications& applications;
        drogue_access::Access& access;
        Suspects& suspects;
        Statuses& statuses;
        Metrics& metrics;
        sdk::Host& host;
    };

    explicit Feed(const Service& service)
        : service_(service), subscriptions_(service.settings.again_after) {}

    sdk::Result<mqtt_client::Wishes> wishes() override;
    void begin(mqtt_client::Session&) noexcept override {}
    void login_refused() override;
    bool is_due() noexcept override;
    void arrived(const mqtt_client::Incoming& message) override;
    void not_granted(const std::string& filter, const std::string& why) override;
    void acknowledged(const std::string& topic, const char* refusal) override;
    std::string trouble() override;
    void turned(mqtt_client::Session& session) override;
    void lost(const std::vector<std::string>& topics) noexcept override;

private:
    using Clock = std::chrono::steady_clock;

    std::vector<std::string> filters() const;
    void change(mqtt_client::Session& session);

    const Service service_;
    Subscriptions subscriptions_;
    Clock::time_point looks_again_{};
    bool knew_ = false;           ///< the applications, when it looked last
    drogue_access::Proof shown_;  ///< to the integration
};

}  // namespace ajour::drogue
