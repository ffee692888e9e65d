// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/release.hpp>

namespace ajour::sdk::contract {

/// The SHA-256 of some bytes. [any]
Sha256 sha256_of(ByteView bytes);

}  // namespace ajour::sdk::contract
