// SPDX-License-Identifier: Apache-2.0
// Uplinks that The Things Stack posts to us.
#pragma once

#include <ajour/sdk/host.hpp>

#include "courier.hpp"
#include "uplinks.hpp"

#include <memory>
#include <string>

namespace ajour::lorawan {

struct WebhookSettings {
    std::string secret;  ///< empty: none are taken
    std::string id;      ///< what the webhook is called at the server
    std::string api;     ///< URL of the server, without a slash at its end

    bool is_used() const noexcept { return !secret.empty(); }
};

class Webhook final : public sdk::Hook {
public:
    Webhook(const WebhookSettings& settings, Metrics& metrics) noexcept
        : settings_(settings), metrics_(metrics) {}

    /// From here on uplinks are taken. [main]
    void start(std::shared_ptr<Uplinks> uplinks, std::shared_ptr<Courier> courier);
    void stop() noexcept;

    /// Refused without the secret in its Authorization header. [worker]
    sdk::Result<void> receive(const sdk::HookRequest& request) override;

private:
    sdk::Result<void> settle(std::string_view body);
    bool is_trusted(const sdk::HookRequest& request) const;

    const WebhookSettings& settings_;
    Metrics& metrics_;
    std::mutex mutex_;  // guards all below; held while an uplink is taken, so that a stop waits
    std::shared_ptr<Uplinks> uplinks_;
    std::shared_ptr<Courier> courier_;
};

}  // namespace ajour::lorawan
