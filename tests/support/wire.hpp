// SPDX-License-Identifier: Apache-2.0
// The device's side of the wire for tests: writes statuses, reads commands.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ajour::support {

struct DeviceStatus {
    std::string version;
    std::optional<std::uint32_t> mtu;
    std::optional<std::uint32_t> correlation_id;
    std::optional<std::string> writing;
    std::uint32_t offset = 0;
};

/// Packed CBOR.
sdk::Bytes bytes_of(const DeviceStatus& status);

struct ReceivedCommand {
    enum class Kind : std::uint8_t { Wait, Sync, Write, Swap, Unreadable };
    Kind kind = Kind::Unreadable;
    std::string version;
    std::optional<std::uint32_t> correlation_id, poll;
    std::uint32_t offset = 0;
    sdk::Bytes data;  ///< the block, or the checksum
};

/// Kind is Unreadable for anything else than one packed command.
ReceivedCommand read_command(sdk::ByteView bytes);

}  // namespace ajour::support
