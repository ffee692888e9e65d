// SPDX-License-Identifier: Apache-2.0
// Where the objects are, below the cloud's URL. Pure.
#pragma once

#include <ajour/sdk/device.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace ajour::drogue_registry {

/// Whether an object may have that name: the cloud is not asked for others.
bool is_name(std::string_view name) noexcept;

std::string application_path(std::string_view application);
std::string device_path(const sdk::DeviceView& device);

/// A page of an application's devices; without `labels` all of them.
struct Page {
    std::string labels;
    std::size_t limit = 0, offset = 0;
};
std::string devices_path(std::string_view application, const Page& page);

}  // namespace ajour::drogue_registry
