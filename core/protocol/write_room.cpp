// SPDX-License-Identifier: Apache-2.0
#include "protocol/write_room.hpp"

#include <algorithm>

namespace ajour::protocol {

namespace {

/// A head of CBOR (RFC 8949, section 3), and the largest number that it holds.
struct Head {
    std::uint32_t bytes;
    std::uint32_t most;
};

constexpr Head heads[] = {{1, 23}, {2, 0xff}, {3, 0xffff}, {5, 0xffffffff}};

std::uint64_t head_bytes(std::uint64_t number) noexcept {
    const auto* head = std::ranges::find_if(heads, [&](auto one) { return number <= one.most; });
    return head == std::end(heads) ? 9 : head->bytes;
}

/// Of all but the data and the data's head.
std::uint64_t bytes_beside_data(const Write& write) noexcept {
    constexpr std::uint64_t maps_and_keys = 3 + 4;  // the command's map and number, the fields' map
    const auto id = write.correlation_id ? head_bytes(*write.correlation_id) : 1;
    return maps_and_keys + head_bytes(write.version.size()) + write.version.size() + id +
           head_bytes(write.offset);
}

}  // namespace

std::uint32_t most_data(const Write& write, std::uint32_t room) noexcept {
    const auto beside = bytes_beside_data(write);
    if (room <= beside) return 0;
    const auto left = static_cast<std::uint32_t>(room - beside);
    std::uint32_t most = 0;
    for (const auto& head : heads) {
        if (left > head.bytes) most = std::max(most, std::min(left - head.bytes, head.most));
    }
    return most;
}

}  // namespace ajour::protocol
