// SPDX-License-Identifier: Apache-2.0
// Any bytes as a status: read, or malformed with a short text; what was read as CBOR has no shorter
// reading.
#include "protocol/status.hpp"

#include <cstdlib>

namespace {

using ajour::protocol::decode_status;
using ajour::sdk::ByteView;

void require(bool holds) {
    if (!holds) std::abort();
}

bool is_cbor(ByteView bytes) {
    return bytes.front() >= 0x80;
}

void require_that_no_part_is_whole(ByteView bytes) {
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        require(!decode_status(bytes.first(size)));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    const auto status = decode_status(bytes);
    if (!status) {
        require(status.error().kind == ajour::sdk::ErrorKind::Malformed);
        require(!status.error().text.empty() && status.error().text.size() < 400);
    } else if (is_cbor(bytes) && size <= 256) {
        require_that_no_part_is_whole(bytes);
    }
    return 0;
}
