// SPDX-License-Identifier: Apache-2.0
// Where the parts of a Drogue Cloud are, as its API says to everybody.
#pragma once

#include <ajour/sdk/result.hpp>

#include "http_client/client.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace ajour::drogue_access {

/// What it does not say is empty, or 0.
struct Endpoints {
    std::string mqtt_host;  ///< of the MQTT integration
    std::uint16_t mqtt_port = 0;
    std::string websocket_url;  ///< of the WebSocket integration
    std::string issuer_url;     ///< of the OpenID provider
};

/// Reads what `/.well-known/drogue-endpoints` answers. Pure.
sdk::Result<Endpoints> read_endpoints(std::string_view json);

/// Reads the token endpoint out of what an OpenID provider's configuration says. Pure.
sdk::Result<std::string> read_token_endpoint(std::string_view json);

/// Asks the cloud at that URL of its API, without a slash at its end. [worker]
sdk::Result<Endpoints> find_endpoints(http_client::Client& client, const std::string& api);
/// Asks the cloud for its OpenID provider, and that for its token endpoint. [worker]
sdk::Result<std::string> find_token_endpoint(http_client::Client& client, const std::string& api);

}  // namespace ajour::drogue_access
