// SPDX-License-Identifier: Apache-2.0
// Where in which hawkBit a device stands. Pure.
#pragma once

#include <ajour/sdk/device.hpp>
#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include "options.hpp"

#include <cstddef>
#include <string>

namespace ajour::hawkbit {

struct Place {
    std::size_t connection = 0;  ///< of Options::connections
    std::string controller;
};

/// Malformed, NotFound (no such connection), or Refused (it serves other applications).
sdk::Result<Place> place_of(const Options& options, const sdk::Target& target,
                            const sdk::DeviceId& device);

/// Which connection a target is about; the same errors.
sdk::Result<std::size_t> connection_of(const Options& options, const sdk::Target& target);

}  // namespace ajour::hawkbit
