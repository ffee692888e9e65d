// SPDX-License-Identifier: Apache-2.0
// Which events are statuses, and where their commands go. Pure.
#pragma once

#include "cloud_event.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::drogue {

/// What an operator may set.
struct RouteSettings {
    std::vector<std::string> channels;
    std::string lora_sender;  ///< a gateway that speaks for devices on LoRaWAN; empty: none
    std::vector<std::string> lora_ports;  ///< of statuses, in decimal
    std::string lora_command_port;        ///< empty: that of the status
};

struct Route {
    std::string command;  ///< its name: of a channel, or "port:223"
    bool lora = false;
};

class Routes {
public:
    explicit Routes(RouteSettings settings) : settings_(std::move(settings)) {}

    /// Nothing for an event that is no status.
    const Route* find(std::string_view subject, std::string_view sender);
    /// Whether no sender makes a status of an event with this subject.
    bool has_none_for(std::string_view subject) const noexcept;

private:
    const RouteSettings settings_;
    Route route_;  // kept for its memory
};

}  // namespace ajour::drogue
