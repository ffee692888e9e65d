// SPDX-License-Identifier: Apache-2.0
// Ed25519ph (RFC 8032, section 5.1), which cosign 3 makes with an Ed25519 key, and which OpenSSL
// knows from 3.2 on. The plugin's door to libsodium.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include <array>
#include <cstdint>
#include <string_view>

namespace ajour::oci {

bool verifies_prehashed(const std::array<std::uint8_t, 32>& key, std::string_view message,
                        sdk::ByteView signature);

}  // namespace ajour::oci
