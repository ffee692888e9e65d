// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace ajour::sdk::contract {

/// Values of `spec.firmware.<key>` that no source can mean anything by: no JSON, the wrong JSON,
/// deep, long, and names that try to leave where they belong.
std::vector<std::string> hostile_specs();

/// Names of devices, applications and builds that nobody has: empty, long, with zeros, slashes and
/// bad UTF-8.
std::vector<std::string> hostile_names();

}  // namespace ajour::sdk::contract
