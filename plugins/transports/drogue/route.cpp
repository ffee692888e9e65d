// SPDX-License-Identifier: Apache-2.0
#include "route.hpp"

#include <algorithm>

namespace ajour::drogue {
namespace {

bool has(const std::vector<std::string>& list, std::string_view text) noexcept {
    return std::ranges::find(list, text) != list.end();
}

}  // namespace

const Route* Routes::find(std::string_view subject, std::string_view sender) {
    const auto& gateway = settings_.lora_sender;
    route_.lora = !gateway.empty() && sender == gateway;
    if (!has(route_.lora ? settings_.lora_ports : settings_.channels, subject)) return nullptr;
    if (!route_.lora) {
        route_.command = subject;
    } else {
        route_.command = "port:";
        route_.command +=
            settings_.lora_command_port.empty() ? subject : settings_.lora_command_port;
    }
    return &route_;
}

bool Routes::has_none_for(std::string_view subject) const noexcept {
    const bool is_port = !settings_.lora_sender.empty() && has(settings_.lora_ports, subject);
    return !is_port && !has(settings_.channels, subject);
}

}  // namespace ajour::drogue
