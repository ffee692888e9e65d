// SPDX-License-Identifier: Apache-2.0
// Commands as bytes, for tests that play a server which does what the real one does not.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include "digest/sha256.hpp"
#include "protocol/command.hpp"

#include <optional>
#include <string_view>

namespace ajour::test {

inline sdk::Bytes encoded(const protocol::Command& command) {
    sdk::Bytes bytes(64 * 1024);
    bytes.resize(protocol::encode(command, bytes));
    return bytes;
}

inline sdk::Bytes wait(std::optional<std::uint32_t> poll) {
    return encoded(protocol::Wait{std::nullopt, poll});
}

inline sdk::Bytes sync(std::string_view version, std::optional<std::uint32_t> poll) {
    return encoded(protocol::Sync{sdk::bytes_of(version), std::nullopt, poll});
}

inline sdk::Bytes write(std::string_view version, std::uint32_t offset, sdk::ByteView data,
                        std::optional<std::uint32_t> correlation_id = std::nullopt) {
    return encoded(protocol::Write{sdk::bytes_of(version), correlation_id, offset, data});
}

inline sdk::Bytes swap(std::string_view version, sdk::ByteView checksum) {
    return encoded(protocol::Swap{sdk::bytes_of(version), std::nullopt, checksum});
}

inline sdk::Bytes swap_to(std::string_view version, sdk::ByteView image) {
    return swap(version, digest::sha256(image).bytes);
}

}  // namespace ajour::test
