// SPDX-License-Identifier: Apache-2.0
// ChirpStack v4: its MQTT integration, with messages in JSON. Pure.
#pragma once

#include "network.hpp"

namespace ajour::lorawan {

/// Topics are application/{id}/device/{EUI}/event/... and .../command/down.
class ChirpStack final : public Network {
public:
    std::vector<std::string> filters(std::string_view application) const override;
    std::vector<std::string> spare_filters(std::string_view application) const override;
    Topic read_topic(std::string_view topic) const noexcept override;
    sdk::Result<Uplink> read(const Topic& topic, std::string_view body) const override;
    sdk::Result<Fate> read_fate(const Topic& topic, std::string_view body) const override;
    std::string downlink_topic(const Uplink& uplink) const override;
    std::string downlink_body(const std::string& device_eui, std::uint32_t port,
                              sdk::ByteView payload) const override;
    bool replaces() const noexcept override { return false; }

private:
    static constexpr std::string_view sent_event = "txack";
};

}  // namespace ajour::lorawan
