// SPDX-License-Identifier: Apache-2.0
#include "broker_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <charconv>
#include <optional>

namespace ajour::mqtt_client {
namespace {

constexpr std::uint16_t plain_port = 1883;
constexpr std::uint16_t tls_port = 8883;
constexpr std::size_t most_host_bytes = 253;
constexpr std::string_view host_characters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:";

bool take(std::string_view& text, std::string_view begin) noexcept {
    if (!text.starts_with(begin)) return false;
    text.remove_prefix(begin.size());
    return true;
}

/// Takes the host off the text; what is left is nothing, or a colon and the port.
std::string_view take_host(std::string_view& text) noexcept {
    const bool in_brackets = take(text, "[");
    const auto host = text.substr(0, text.find(in_brackets ? ']' : ':'));
    text.remove_prefix(host.size());
    if (in_brackets && !take(text, "]")) return {};
    return host;
}

std::optional<std::uint16_t> port_of(std::string_view text) noexcept {
    std::uint16_t port = 0;
    const auto* end = text.data() + text.size();
    const auto [at, code] = std::from_chars(text.data(), end, port);
    if (code != std::errc() || at != end || port == 0) return std::nullopt;
    return port;
}

bool is_host(std::string_view text) noexcept {
    return !text.empty() && text.size() <= most_host_bytes &&
           text.find_first_not_of(host_characters) == std::string_view::npos;
}

}  // namespace

std::string BrokerAddress::text() const {
    const bool is_ipv6 = host.find(':') != std::string::npos;
    return (is_ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

sdk::Result<BrokerAddress> parse_broker_address(std::string_view text) {
    // The text is not repeated: somebody may have written a password into it.
    const sdk::Error wrong{
        sdk::ErrorKind::Malformed,
        "server: expected mqtt://HOST:PORT or mqtts://HOST:PORT, and nothing else in it"};
    BrokerAddress address;
    address.tls = take(text, "mqtts://");
    if (!address.tls) take(text, "mqtt://");
    address.port = address.tls ? tls_port : plain_port;
    const auto host = take_host(text);
    if (!is_host(host)) return wrong;
    address.host = host;
    if (text.empty()) return address;
    const auto port = take(text, ":") ? port_of(text) : std::nullopt;
    if (!port) return wrong;
    address.port = *port;
    return address;
}

bool is_ip_address(const std::string& host) noexcept {
    in6_addr address{};
    return ::inet_pton(AF_INET, host.c_str(), &address) == 1 ||
           ::inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

bool is_loopback(const std::string& host) noexcept {
    return host == "localhost" || host == "::1" ||
           (host.starts_with("127.") && is_ip_address(host));
}

}  // namespace ajour::mqtt_client
