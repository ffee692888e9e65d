// SPDX-License-Identifier: Apache-2.0
// Where the broker is, as `mqtts://broker.example:8883`. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace ajour::mqtt_client {

struct BrokerAddress {
    std::string host;  ///< a name, or an IP address without brackets
    std::uint16_t port = 0;
    bool tls = false;

    /// "host:port", for people.
    std::string text() const;
};

/// Reads mqtt://HOST:PORT or mqtts://HOST:PORT; mqtt:// and the port may be left out, an IPv6
/// address is in brackets. The ports that MQTT has by default are 1883 and 8883.
sdk::Result<BrokerAddress> parse_broker_address(std::string_view text);

/// Whether the host is an IP address, so that there is nothing to look up.
bool is_ip_address(const std::string& host) noexcept;

/// Whether what is sent there does not leave this machine.
bool is_loopback(const std::string& host) noexcept;

}  // namespace ajour::mqtt_client
