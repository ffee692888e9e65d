// SPDX-License-Identifier: Apache-2.0
// What a device says: its version, and how far it got with the next one. Pure.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include "protocol/version.hpp"

#include <cstdint>
#include <optional>

namespace ajour::protocol {

struct Update {
    Version version;           ///< the one being written
    std::uint32_t offset = 0;  ///< how many bytes of it the device holds
};

struct Status {
    Version version;                              ///< the one that runs
    std::optional<std::uint32_t> mtu;             ///< most data bytes in one write
    std::optional<std::uint32_t> correlation_id;  ///< echoed untouched
    std::optional<Update> update;
};

/// Reads a status from packed, named or mixed CBOR, or from JSON (the first byte tells);
/// docs/protocol.md lists what is taken. Malformed names what was found and what was expected.
/// Allocates nothing for CBOR.
sdk::Result<Status> decode_status(sdk::ByteView bytes);

}  // namespace ajour::protocol
