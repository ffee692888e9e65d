// SPDX-License-Identifier: Apache-2.0
#include "token_answer.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>

namespace ajour::drogue_access {
namespace {

using nlohmann::json;

constexpr std::uint64_t usual_lifetime = 300;
constexpr std::uint64_t longest_lifetime = 86400;
constexpr std::size_t token_max = 8192;

const json* member(const json& value, const char* name) {
    if (!value.is_object()) return nullptr;
    const auto found = value.find(name);
    return found == value.end() ? nullptr : &*found;
}

/// Whether it is one as RFC 6750 section 2.1 has them, which can stand in a header and in JSON.
bool is_token(const std::string& text) noexcept {
    constexpr std::string_view letters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~+/=";
    return !text.empty() && text.size() <= token_max &&
           text.find_first_not_of(letters) == std::string::npos;
}

std::chrono::seconds lifetime_of(const json& answer) {
    const auto* found = member(answer, "expires_in");
    const auto seconds = found != nullptr && found->is_number_unsigned()
                             ? found->get<std::uint64_t>()
                             : usual_lifetime;
    return std::chrono::seconds(
        static_cast<std::int64_t>(std::min<std::uint64_t>(seconds, longest_lifetime)));
}

}  // namespace

sdk::Result<Token> read_token(std::string_view text) {
    const auto answer = json::parse(text, nullptr, false);
    const auto* token = member(answer, "access_token");
    if (token == nullptr || !token->is_string()) {
        return sdk::Error{sdk::ErrorKind::Malformed, "found no access_token"};
    }
    Token read{token->get<std::string>(), lifetime_of(answer)};
    if (is_token(read.text)) return read;
    return sdk::Error{sdk::ErrorKind::Malformed, "found an access_token that is none"};
}

}  // namespace ajour::drogue_access
