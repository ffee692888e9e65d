// SPDX-License-Identifier: Apache-2.0
// What an operator may set, as plain numbers. Must not know where they come from.
#pragma once

#include <chrono>
#include <cstddef>

namespace ajour::http {

struct Limits {
    std::size_t connections = 0;             ///< open at once, all threads together
    unsigned share = 100;                    ///< percent of them that one address may hold when
                                             ///< few are left
    std::size_t header_bytes = 0;            ///< request line and fields of one request
    std::size_t body_bytes = 0;              ///< body of one request
    std::chrono::milliseconds handshake{0};  ///< for a TLS handshake
    std::chrono::milliseconds request{0};    ///< from a request's first byte to its last
    std::chrono::milliseconds idle{0};       ///< between requests
    std::chrono::milliseconds write{0};      ///< for an answer that the peer is slow to take
    std::chrono::milliseconds answer{0};  ///< for the host's answer when the device names no `ct`
    std::chrono::milliseconds answer_max{0};  ///< for the host's answer whatever `ct` says
    std::chrono::milliseconds stop{0};        ///< for running turns at stop
    bool authenticates = true;                ///< credentials are asked for
};

}  // namespace ajour::http
