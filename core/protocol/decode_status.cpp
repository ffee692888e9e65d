// SPDX-License-Identifier: Apache-2.0
#include "protocol/status.hpp"
#include "protocol/status_fields.hpp"

namespace ajour::protocol {

namespace {

// As CBOR these are an integer, a text or a byte string, so no status begins with them.
bool looks_like_json(std::uint8_t first) noexcept {
    return std::string_view(" \t\r\n{[").find(static_cast<char>(first)) != std::string_view::npos;
}

}  // namespace

sdk::Result<Status> decode_status(sdk::ByteView bytes) {
    if (!bytes.empty() && looks_like_json(bytes.front())) return decode_status_json(bytes);
    return decode_status_cbor(bytes);
}

}  // namespace ajour::protocol
