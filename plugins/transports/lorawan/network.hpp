// SPDX-License-Identifier: Apache-2.0
// What a network server's messages look like. Pure.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include "fate.hpp"
#include "uplink.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ajour::lorawan {

/// What a topic of the network server's tells.
struct Topic {
    enum class Kind : std::uint8_t { Other, Uplink, Fate };

    Kind kind = Kind::Other;
    std::string_view application;
    std::string_view device;
    std::string_view event;  ///< its last level
};

class Network {
public:
    virtual ~Network() = default;

    /// What to subscribe to, for an application or, with "+", for all.
    virtual std::vector<std::string> filters(std::string_view application) const = 0;
    /// Those without which devices are updated all the same.
    virtual std::vector<std::string> spare_filters(std::string_view application) const = 0;
    virtual Topic read_topic(std::string_view topic) const noexcept = 0;
    /// Reads an uplink that came by MQTT. Malformed says what is wrong.
    virtual sdk::Result<Uplink> read(const Topic& topic, std::string_view body) const = 0;
    /// Reads what became of a downlink, likewise.
    virtual sdk::Result<Fate> read_fate(const Topic& topic, std::string_view body) const = 0;
    /// Where a downlink to the uplink's device is published.
    virtual std::string downlink_topic(const Uplink& uplink) const = 0;
    virtual std::string downlink_body(const std::string& device_eui, std::uint32_t port,
                                      sdk::ByteView payload) const = 0;
    /// Whether a downlink takes the place of those that wait. If not, none is sent while one waits.
    virtual bool replaces() const noexcept = 0;
};

}  // namespace ajour::lorawan
