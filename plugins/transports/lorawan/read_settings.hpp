// SPDX-License-Identifier: Apache-2.0
// From the plugin's settings to plain values.
#pragma once

#include <ajour/sdk/settings.hpp>

#include "air_budget.hpp"
#include "options.hpp"
#include "posters.hpp"
#include "uplinks.hpp"
#include "webhook.hpp"

#include <string>
#include <vector>

namespace ajour::lorawan {

struct Settings {
    bool is_chirpstack = false;
    mqtt_client::Options connection;
    std::vector<std::string> applications;  ///< as in topics; "+" are all
    UplinkSettings uplinks;
    lora::Allowance allowance;
    WebhookSettings webhook;
    PosterSettings posters;

    bool has_broker() const noexcept { return !connection.broker.host.empty(); }
};

/// Throws when settings contradict each other.
Settings read_settings(const sdk::Settings& settings);

}  // namespace ajour::lorawan
