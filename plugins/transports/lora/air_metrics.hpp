// SPDX-License-Identifier: Apache-2.0
// What every transport of LoRaWAN counts of air time, looked up once.
#pragma once

#include <ajour/sdk/host.hpp>

namespace ajour::lora {

struct AirMetrics {
    explicit AirMetrics(sdk::Host& host)
        : commands_without_airtime(
              host.counter("commands_without_airtime",
                           "Commands that wait for the next uplink, for want of air time.")),
          commands_too_long(
              host.counter("commands_too_long", "Commands too long for the data rate.")),
          airtime(host.counter("airtime_milliseconds", "Air time of what was sent.")),
          airtime_returned(host.counter("airtime_returned_milliseconds",
                                        "Air time of what was never on the air after all.")),
          airtime_devices(
              host.gauge("airtime_devices", "Devices whose air time is kept account of.")) {}

    sdk::Metric& commands_without_airtime;
    sdk::Metric& commands_too_long;
    sdk::Metric& airtime;
    sdk::Metric& airtime_returned;
    sdk::Metric& airtime_devices;
};

}  // namespace ajour::lora
