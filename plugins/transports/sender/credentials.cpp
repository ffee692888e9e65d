// SPDX-License-Identifier: Apache-2.0
#include "credentials.hpp"

#include "name.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace ajour::sender {
namespace {

constexpr std::uint8_t no_digit = 0xff;

constexpr std::array<std::uint8_t, 256> make_digits() {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::array<std::uint8_t, 256> digits{};
    digits.fill(no_digit);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        digits[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return digits;
}

constexpr auto digits = make_digits();

std::span<char> without_padding(std::span<char> text) noexcept {
    for (int i = 0; i < 2 && !text.empty() && text.back() == '='; ++i) {
        text = text.first(text.size() - 1);
    }
    return text;
}

/// RFC 4648 section 4, padded or not.
std::optional<std::span<char>> base64_decode(std::span<char> text) noexcept {
    const auto coded = without_padding(text);
    if (coded.size() % 4 == 1) return std::nullopt;
    std::uint32_t bits = 0;
    int count = 0;
    std::size_t kept = 0;
    for (const char symbol : coded) {
        const auto digit = digits[static_cast<std::uint8_t>(symbol)];
        if (digit == no_digit) return std::nullopt;
        bits = (bits << 6 | digit) & 0xffffU;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        text[kept++] = static_cast<char>(bits >> count & 0xffU);
    }
    return text.first(kept);
}

bool has_basic_scheme(std::span<const char> value) noexcept {
    constexpr std::string_view scheme = "basic ";
    return value.size() > scheme.size() &&
           std::ranges::equal(value.first(scheme.size()), scheme, [](char given, char wanted) {
               return given == wanted || (wanted != ' ' && (given | 0x20) == wanted);
           });
}

struct User {
    std::string_view name;
    std::optional<std::string_view> application;  ///< what follows the first @
};

std::string_view text_of(std::span<const char> chars) noexcept {
    return {chars.data(), chars.size()};
}

User split(std::span<char> user) noexcept {
    const auto at = text_of(user).find('@');
    if (at == std::string_view::npos) return {text_of(user), std::nullopt};
    const auto application = text_of(user.subspan(at + 1));
    return {text_of(percent_decode(user.first(at))), application};
}

std::optional<Identity> checked(std::string_view application, std::string_view device,
                                std::string_view username) noexcept {
    if (!is_name(application) || !is_name(device)) return std::nullopt;
    if (!username.empty() && !is_name(username)) return std::nullopt;
    return Identity{{application, device}, username};
}

}  // namespace

std::optional<Basic> parse_basic(std::span<char> authorization) noexcept {
    if (!has_basic_scheme(authorization)) return std::nullopt;
    auto coded = authorization.subspan(6);
    while (!coded.empty() && coded.front() == ' ') coded = coded.subspan(1);
    const auto decoded = base64_decode(coded);
    if (!decoded) return std::nullopt;
    const auto colon = text_of(*decoded).find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    return Basic{decoded->first(colon), text_of(decoded->subspan(colon + 1))};
}

std::optional<Identity> identify(const std::optional<Basic>& basic, const Query& query) noexcept {
    if (!basic) {
        if (!query.application || !query.device) return std::nullopt;
        return checked(*query.application, *query.device, {});
    }
    if (query.application) {
        const auto user = text_of(basic->user);
        if (query.device) return checked(*query.application, *query.device, user);
        return checked(*query.application, user, {});
    }
    const auto user = split(basic->user);
    if (!user.application) return std::nullopt;
    if (query.device) return checked(*user.application, *query.device, user.name);
    return checked(*user.application, user.name, {});
}

}  // namespace ajour::sender
