// SPDX-License-Identifier: Apache-2.0
// What a registry's record says of a device, read once: target, credentials, gateways, labels.
// Pure.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/device.hpp>
#include <ajour/sdk/registry.hpp>
#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include "digest/password.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ajour::fleet {

struct StoredPassword {
    std::string username;  ///< empty: the password of the device itself
    digest::StoredKind kind = digest::StoredKind::Plain;
    std::string secret;
};

struct PreSharedKey {
    sdk::Bytes key;
    std::string not_before, not_after;  ///< RFC 3339; empty: open
};

struct Profile {
    sdk::DeviceId id;  ///< by its own name, also when it was looked up by an alias
    bool enabled = true;
    std::optional<sdk::Target> target;
    std::string problem;  ///< why there is no target although something is configured
    std::vector<StoredPassword> passwords;
    std::vector<PreSharedKey> keys;
    std::vector<std::string> certificates;  ///< subject names; empty: the device's own name
    std::vector<std::string> anchors;       ///< of the application: who issues certificates
    std::vector<std::string> gateways;      ///< devices that may speak for this one
    std::map<std::string, std::string> labels;
};

/// Malformed when the device's record is no object with a metadata.name.
sdk::Result<Profile> read_profile(const sdk::DeviceId& asked, const sdk::DeviceRecord& record);

}  // namespace ajour::fleet
