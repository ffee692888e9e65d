// SPDX-License-Identifier: Apache-2.0
// Rows that every transport of LoRaWAN has in its table, below a prefix of its own. They are macros
// as a table's keys are literals that live as long as the program.
#pragma once

#include <ajour/sdk/settings.hpp>

#include <cstdint>

namespace ajour::lora {

inline constexpr std::int64_t an_hour = 60 * 60 * 1000;

}  // namespace ajour::lora

// clang-format off
#define AJOUR_LORA_REGION_ROWS(prefix) \
    ajour::sdk::choice_setting(prefix "region", "EU868", "EU868|US915|AS923|AU915|IN865", \
        "Regional parameters, which say how long commands may be."), \
    ajour::sdk::boolean_setting(prefix "region.repeaters", "true", \
        "Whether commands must fit through repeaters: 222 bytes instead of 242."), \
    ajour::sdk::boolean_setting(prefix "region.dwell", "false", \
        "Whether nobody may send for more than 400 ms (AS923, AU915)."), \
    ajour::sdk::choice_setting(prefix "region.revision", "any", "any|rp002-1.0.1", \
        "Oldest revision of the regional parameters that devices are registered with; " \
        "rp002-1.0.1 gives 115 bytes instead of 51 at DR2 of AS923."), \
    ajour::sdk::integer_setting(prefix "region.rx1_offset", "0", 0, 7, \
        "RX1DROffset of the network, by which answers are slower than uplinks; " \
        "US915 has 3 at most, EU868 and AU915 5."), \
    ajour::sdk::choice_setting(prefix "region.window", "first", "first|second|both", \
        "Receive window that the network server sends commands in; both: commands fit either."), \
    ajour::sdk::choice_setting(prefix "region.rx2_data_rate", "region", \
        "region|0|1|2|3|4|5|6|7|8|9|10|11|12|13", \
        "Data rate of the second window; region: that of the regional parameters."), \
    ajour::sdk::integer_setting(prefix "region.rx2_below", "0", 0, 15, \
        "Data rate of the first window below which the network server takes the " \
        "second (ChirpStack: rx2_prefer_on_rx1_dr_lt); 0: never.")

#define AJOUR_LORA_AIRTIME_ROWS(prefix) \
    ajour::sdk::duration_setting(prefix "airtime.device", "36s", 0, ajour::lora::an_hour, \
        "Air time of an hour for commands to one device; 0: no bound."), \
    ajour::sdk::duration_setting(prefix "airtime.application", "0s", 0, ajour::lora::an_hour, \
        "Air time of an hour for those of one application; 0: no bound."), \
    ajour::sdk::choice_setting(prefix "airtime.duty_cycle", "region", "region|none", \
        "Whether all commands together keep to the region's duty cycle: 1 % of the time for " \
        "EU868 and AS923, 10 % in EU868's second window, of each gateway."), \
    ajour::sdk::integer_setting(prefix "airtime.gateways", "1", 1, 10000, \
        "Gateways that share the commands out among them."), \
    ajour::sdk::integer_setting(prefix "airtime.devices.max", "100000", 1, 10000000, \
        "Devices of the last hour whose air time is kept account of; others wait."), \
    ajour::sdk::integer_setting(prefix "airtime.applications.max", "1000", 1, 100000, \
        "The same for applications.")
// clang-format on
