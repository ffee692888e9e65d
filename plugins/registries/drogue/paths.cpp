// SPDX-License-Identifier: Apache-2.0
#include "paths.hpp"

#include "http_client/message.hpp"

#include <algorithm>

namespace ajour::drogue_registry {

using http_client::percent_encoded;

namespace {

constexpr std::size_t name_max = 255;
constexpr std::string_view applications = "/api/registry/v1alpha1/apps/";

}  // namespace

bool is_name(std::string_view name) noexcept {
    if (name.empty() || name.size() > name_max || name == "." || name == "..") return false;
    return std::none_of(name.begin(), name.end(),
                        [](char c) { return (c >= 0 && c < ' ') || c == 0x7f; });
}

std::string application_path(std::string_view application) {
    return std::string(applications).append(percent_encoded(application));
}

std::string device_path(const sdk::DeviceView& device) {
    return application_path(device.application) + "/devices/" + percent_encoded(device.device);
}

std::string devices_path(std::string_view application, const Page& page) {
    auto path = application_path(application) + "/devices?limit=" + std::to_string(page.limit);
    if (page.offset > 0) path += "&offset=" + std::to_string(page.offset);
    if (!page.labels.empty()) path += "&labels=" + percent_encoded(page.labels);
    return path;
}

}  // namespace ajour::drogue_registry
