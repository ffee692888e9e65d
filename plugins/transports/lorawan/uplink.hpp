// SPDX-License-Identifier: Apache-2.0
// What is read of an uplink, whichever network server tells of it.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include "region.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ajour::lorawan {

struct Uplink {
    std::string application;     ///< as people name it there
    std::string application_id;  ///< as topics and URLs name it
    std::string tenant;          ///< empty: none
    std::string device;          ///< as people name it there
    std::string device_eui;      ///< empty: none was told
    std::string address;         ///< what stands for the device there, in its fates too
    std::uint32_t port = 0;      ///< FPort; 0: none
    sdk::Bytes payload;          ///< FRMPayload
    std::optional<lora::Modulation> modulation;
    std::optional<std::uint32_t> data_rate;  ///< in the region, when the server tells it
};

}  // namespace ajour::lorawan
