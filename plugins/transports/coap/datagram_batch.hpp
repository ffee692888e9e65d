// SPDX-License-Identifier: Apache-2.0
// Room for datagrams that one system call reads. Knows no CoAP.
#pragma once

#include "peer.hpp"

#include <sys/socket.h>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace ajour::coap {

class DatagramBatch {
public:
    static constexpr std::size_t most = 32;

    struct Received {
        Peer peer;
        std::span<std::uint8_t> bytes;
        bool is_whole = true;  ///< false: it was longer than the room for one
    };

    /// Room for `bytes` of each datagram.
    explicit DatagramBatch(std::size_t bytes);
    DatagramBatch(const DatagramBatch&) = delete;
    DatagramBatch& operator=(const DatagramBatch&) = delete;

    /// Reads what waits in a socket, without waiting. Returns how many there are.
    std::size_t read(int socket) noexcept;

    /// Valid until the next `read`.
    Received operator[](std::size_t index) noexcept;

private:
    std::vector<std::uint8_t> room_;
    std::array<sockaddr_storage, most> addresses_{};
    std::array<iovec, most> pieces_{};
    std::array<mmsghdr, most> messages_{};
};

}  // namespace ajour::coap
