// SPDX-License-Identifier: Apache-2.0
#include "websocket_address.hpp"

#include "http_client/message.hpp"

namespace ajour::drogue {
namespace {

constexpr std::string_view ends_of_origin = "://";

/// The same address as one of HTTP, which are made alike.
std::string as_http(const std::string& text) {
    return text.starts_with("ws") ? "http" + text.substr(2) : std::string();
}

std::string path_of(const std::string& text) {
    const auto begin = text.find('/', text.find(ends_of_origin) + ends_of_origin.size());
    auto path = begin == std::string::npos ? "/" : text.substr(begin);
    return path.ends_with('/') ? path : path + "/";
}

std::string without_brackets(std::string host) {
    return host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
}

}  // namespace

std::string WebSocketAddress::text() const {
    const bool is_ipv6 = host.find(':') != std::string::npos;
    return (is_ipv6 ? "[" + host + "]" : host) + ":" + port;
}

std::string WebSocketAddress::target(std::string_view application, std::string_view channel,
                                     std::string_view group) const {
    using http_client::percent_encoded;
    auto target = path + percent_encoded(application);
    if (!channel.empty()) target += "/" + percent_encoded(channel);
    return group.empty() ? target : target + "?group_id=" + percent_encoded(group);
}

sdk::Result<WebSocketAddress> parse_websocket_address(const std::string& text) {
    // The text is not repeated: somebody may have written a password into it.
    const sdk::Error wrong{sdk::ErrorKind::Malformed,
                           "websocket.url: expected wss://HOST:PORT/PATH or ws://HOST:PORT/PATH"};
    const auto origin = http_client::origin_of(as_http(text));
    if (origin.empty() || text.find_first_of("?#") != std::string::npos) return wrong;
    WebSocketAddress address;
    address.tls = origin.starts_with("https");
    const auto begin = origin.find(ends_of_origin) + ends_of_origin.size();
    const auto colon = origin.rfind(':');
    address.host = without_brackets(origin.substr(begin, colon - begin));
    address.port = origin.substr(colon + 1);
    address.path = path_of(text);
    return address;
}

}  // namespace ajour::drogue
