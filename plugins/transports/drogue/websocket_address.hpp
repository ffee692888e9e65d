// SPDX-License-Identifier: Apache-2.0
// Where the cloud's WebSocket integration is, as `wss://ws.example/`. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include <string>
#include <string_view>

namespace ajour::drogue {

struct WebSocketAddress {
    bool tls = true;
    std::string host;  ///< a name, or an IP address without brackets
    std::string port;
    std::string path;  ///< that names of applications follow; ends with a slash

    /// "host:port", for people and for the Host header.
    std::string text() const;
    /// The path of the events of a channel.
    std::string target(std::string_view application, std::string_view channel,
                       std::string_view group) const;
};

/// Reads wss://HOST:PORT/PATH or, without TLS, ws://HOST:PORT/PATH; port and path may be left out.
sdk::Result<WebSocketAddress> parse_websocket_address(const std::string& text);

}  // namespace ajour::drogue
