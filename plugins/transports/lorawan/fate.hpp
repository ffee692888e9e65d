// SPDX-License-Identifier: Apache-2.0
// What became of a downlink that a network server had taken, as it tells.
#pragma once

#include <ajour/sdk/transport.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace ajour::lorawan {

struct Fate {
    enum class Kind : std::uint8_t {
        Other,      ///< nothing that counts here
        Sent,       ///< by a gateway
        Postponed,  ///< no gateway could send it; it waits for the next uplink
        Dropped,
    };

    Kind kind = Kind::Other;
    sdk::Drop drop = sdk::Drop::Other;  ///< why, when it was not sent
    std::string address;                ///< as Uplink::address
    std::optional<std::uint32_t> port;  ///< FPort of the downlink; nothing: it was not told
    std::optional<std::size_t> bytes;   ///< of its FRMPayload; likewise
    std::optional<std::uint32_t> room;  ///< how many would have fitted; likewise
    std::string words;                  ///< the server's own, in printable ASCII and cut
};

/// What somebody else said, as it may stand in a log.
std::string printable(std::string text);

}  // namespace ajour::lorawan
