// SPDX-License-Identifier: Apache-2.0
#include "admin/broker_user.hpp"

#include "json/json.hpp"
#include "store/document.hpp"

#include <arpa/inet.h>

#include <array>
#include <charconv>
#include <utility>

namespace ajour::admin {

namespace {

constexpr std::string_view never_in_a_topic_level = "/+#";

bool is_hex_digit(char digit) noexcept {
    return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f') ||
           (digit >= 'A' && digit <= 'F');
}

/// What is no valid escape stays as it is, as devices know it from the other transports.
std::string percent_decode(std::string_view text) {
    std::string decoded;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool is_escape = text[at] == '%' && at + 2 < text.size() &&
                               is_hex_digit(text[at + 1]) && is_hex_digit(text[at + 2]);
        if (!is_escape) {
            decoded.push_back(text[at]);
            continue;
        }
        unsigned byte = 0;
        std::from_chars(&text[at + 1], &text[at + 1] + 2, byte, 16);
        decoded.push_back(static_cast<char>(byte));
        at += 2;
    }
    return decoded;
}

/// A form may carry any bytes, and printing replaces what is not UTF-8.
bool is_utf8(const std::string& text) {
    const auto printed = json::parse(json::print(text));
    return printed && printed->get_ref<const std::string&>() == text;
}

bool is_name(const std::string& text) {
    return store::check_device_name(text) && is_utf8(text);
}

std::optional<sdk::DeviceId> checked(std::string application, std::string device) {
    if (!is_name(application) || !is_name(device)) return std::nullopt;
    return sdk::DeviceId(std::move(application), std::move(device));
}

}  // namespace

std::optional<sdk::DeviceId> device_of_user(std::string_view user) {
    const auto slash = user.find('/');
    if (slash != std::string_view::npos) {
        const auto device = user.substr(slash + 1);
        const auto application = user.substr(0, slash);
        if (device.find_first_of(never_in_a_topic_level) != std::string_view::npos ||
            application.find_first_of(never_in_a_topic_level) != std::string_view::npos) {
            return std::nullopt;
        }
        return checked(std::string(application), std::string(device));
    }
    const auto at = user.find('@');
    if (at == std::string_view::npos) return std::nullopt;
    return checked(std::string(user.substr(at + 1)), percent_decode(user.substr(0, at)));
}

std::optional<std::string> plain_address(const std::string& text) {
    constexpr std::string_view mapped = "::ffff:";
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    std::array<char, INET6_ADDRSTRLEN> plain{};
    if (::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) {
        return ::inet_ntop(AF_INET, bytes.data(), plain.data(), plain.size());
    }
    const auto address = text.substr(0, text.find('%'));
    if (::inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return std::nullopt;
    ::inet_ntop(AF_INET6, bytes.data(), plain.data(), plain.size());
    const std::string_view found(plain.data());
    const bool is_ipv4 = found.starts_with(mapped) && found.find('.') != std::string_view::npos;
    return std::string(is_ipv4 ? found.substr(mapped.size()) : found);
}

}  // namespace ajour::admin
