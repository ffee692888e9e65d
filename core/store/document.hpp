// SPDX-License-Identifier: Apache-2.0
// What a client may say of an application or a device: checks names and metadata of a body. Knows
// no rows.
#pragma once

#include <ajour/sdk/result.hpp>

#include "json/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ajour::store {

enum class Kind : std::uint8_t { Application, Device };

/// A body after its checks. What only the registry decides (creationTimestamp, generation) is
/// dropped.
struct Document {
    std::string application;
    std::string device;            ///< empty: it is an application
    std::string uid;               ///< expected by the client, or empty
    std::string resource_version;  ///< likewise
    Json labels = Json::object();
    Json annotations = Json::object();
    Json finalizers = Json::array();
    Json spec = Json::object();
    Json status = Json::object();  ///< of a device, without `firmware`
    std::optional<Json> firmware;  ///< a device's `status.firmware`; null: explicitly none
};

/// Malformed names the member, what was found, and what was expected.
sdk::Result<Document> read_document(const Json& body, Kind kind);

/// An application is named like a host (RFC 1123 section 2.1), in lower case.
sdk::Result<void> check_application_name(std::string_view name);

/// A device's name or alias has 1 to 255 bytes of UTF-8 without control characters.
sdk::Result<void> check_device_name(std::string_view name);

}  // namespace ajour::store
