// SPDX-License-Identifier: Apache-2.0
#include "read_allowance.hpp"

#include <chrono>

namespace ajour::lora {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;

void read_duty_cycles(Allowance& allowance, const sdk::Settings& settings,
                      const std::string& prefix, Region region) {
    if (settings.text(prefix + "airtime.duty_cycle") != "region") return;
    const auto gateways = settings.integer(prefix + "airtime.gateways");
    const auto share = [&](std::uint32_t permille) {
        return microseconds(hours(1)) / 1000 * permille * gateways;
    };
    const auto permille = duty_cycle_permille(region);
    if (permille < 1000) allowance.network = share(permille);
    const auto second = second_duty_cycle_permille(region);
    if (second) allowance.second_network = share(*second);
}

}  // namespace

Allowance read_allowance(const sdk::Settings& settings, const std::string& prefix, Region region) {
    const auto number = [&](const char* key) {
        return static_cast<std::size_t>(settings.integer(prefix + key));
    };
    Allowance allowance;
    allowance.device = settings.duration(prefix + "airtime.device");
    allowance.application = settings.duration(prefix + "airtime.application");
    read_duty_cycles(allowance, settings, prefix, region);
    allowance.devices_max = number("airtime.devices.max");
    allowance.applications_max = number("airtime.applications.max");
    return allowance;
}

}  // namespace ajour::lora
