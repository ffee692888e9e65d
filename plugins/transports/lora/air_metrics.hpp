// SPDX-License-Identifier: Apache-2.0
// What every transport of LoRaWAN counts of air time, looked up once.
#pragma once

#include <ajour/sdk/host.hpp>

namespace ajour::lora {

struct AirMetrics {
    explicit AirMetrics(sdk::Host& host)
        : commands_without_airtime(host.counter("commands_without_airtime")),
          commands_too_long(host.counter("commands_too_long")),
          airtime(host.counter("airtime_milliseconds")),
          airtime_returned(host.counter("airtime_returned_milliseconds")),
          airtime_devices(host.gauge("airtime_devices")) {}

    sdk::Metric& commands_without_airtime;  ///< that wait for the next uplink
    sdk::Metric& commands_too_long;         ///< for the data rate
    sdk::Metric& airtime;                   ///< of what was sent
    sdk::Metric& airtime_returned;          ///< of this: of what was never on the air
    sdk::Metric& airtime_devices;           ///< that are kept account of
};

}  // namespace ajour::lora
