// SPDX-License-Identifier: Apache-2.0
// The Things Stack v3: its MQTT server and its webhooks, with messages in JSON. Pure.
#pragma once

#include "network.hpp"

namespace ajour::lorawan {

/// Topics are v3/{application}@{tenant}/devices/{device}/...; without a tenant in the open source
/// edition.
class TheThingsStack final : public Network {
public:
    std::vector<std::string> filters(std::string_view application) const override;
    std::vector<std::string> spare_filters(std::string_view application) const override;
    Topic read_topic(std::string_view topic) const noexcept override;
    sdk::Result<Uplink> read(const Topic& topic, std::string_view body) const override;
    sdk::Result<Fate> read_fate(const Topic& topic, std::string_view body) const override;
    std::string downlink_topic(const Uplink& uplink) const override;
    std::string downlink_body(const std::string& device_eui, std::uint32_t port,
                              sdk::ByteView payload) const override;
    bool replaces() const noexcept override { return true; }
};

/// Reads an uplink without its topic, as a webhook brings it.
sdk::Result<Uplink> read_things_uplink(std::string_view body);

/// Reads what became of a downlink, likewise.
sdk::Result<Fate> read_things_fate(std::string_view body);

/// The path at the server's URL to which a downlink is posted, by the webhook that is named there.
std::string things_downlink_path(const Uplink& uplink, std::string_view webhook);

}  // namespace ajour::lorawan
