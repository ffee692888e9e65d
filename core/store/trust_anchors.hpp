// SPDX-License-Identifier: Apache-2.0
// The other names of an application: those of the authorities that it trusts, because a device that
// shows a certificate names its issuer. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include "json/json.hpp"

#include <string>
#include <vector>

namespace ajour::store {

/// The subjects of `spec.trustAnchors`, sorted, each once. Malformed says which one cannot be read.
sdk::Result<std::vector<std::string>> anchor_names_in(const Json& spec);

}  // namespace ajour::store
