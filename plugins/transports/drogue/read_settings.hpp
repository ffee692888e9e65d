// SPDX-License-Identifier: Apache-2.0
// From the plugin's settings to plain values.
#pragma once

#include <ajour/sdk/settings.hpp>

#include "air_budget.hpp"
#include "application_list.hpp"
#include "drogue_access/credentials.hpp"
#include "feed.hpp"
#include "http_client/client.hpp"
#include "options.hpp"
#include "statuses.hpp"
#include "taps.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ajour::drogue {

struct Settings {
    mqtt_client::Options connection;
    drogue_access::Credentials access;
    FeedSettings feed;
    bool by_websocket = false;  ///< how events come: by `taps` instead of `feed`
    TapSettings taps;
    Statuses::Rules statuses;
    lora::Allowance allowance;  ///< of commands to devices on LoRaWAN
    std::string api;            ///< without a slash at its end; empty: none
    http_client::Options http;
    std::vector<std::string> applications;  ///< empty: all that the registry lists
    std::vector<std::string> excluded;
    ListBounds list;
    std::chrono::milliseconds refresh{0};
    bool posts_commands = false;
    std::size_t posters = 0;
    std::uint32_t command_bytes = 0;

    /// Whether the settings say where events come from; else the cloud's API does.
    bool names_server() const noexcept {
        return by_websocket ? !taps.address.host.empty() : !connection.broker.host.empty();
    }
    /// Whether there is a cloud to speak with.
    bool is_used() const noexcept { return names_server() || !api.empty(); }
};

/// Throws when settings contradict each other.
Settings read_settings(const sdk::Settings& settings);

}  // namespace ajour::drogue
