// SPDX-License-Identifier: Apache-2.0
#include "cloud_answers.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>

namespace ajour::drogue {
namespace {

using nlohmann::json;

constexpr std::int64_t usual_lifetime = 300;
constexpr std::int64_t longest_lifetime = 86400;
constexpr std::size_t most_token_bytes = 8192;

sdk::Error malformed(std::string text) {
    return {sdk::ErrorKind::Malformed, std::move(text)};
}

const json* member(const json& value, const char* name) {
    if (!value.is_object()) return nullptr;
    const auto found = value.find(name);
    return found == value.end() ? nullptr : &*found;
}

/// Whether it is one as RFC 6750 section 2.1 has them, which can stand in a header.
bool is_token(const std::string& text) noexcept {
    constexpr std::string_view letters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~+/=";
    return !text.empty() && text.size() <= most_token_bytes &&
           text.find_first_not_of(letters) == std::string::npos;
}

}  // namespace

sdk::Result<std::vector<std::string>> read_applications(std::string_view text) {
    const auto document = json::parse(text, nullptr, false);
    if (!document.is_array()) return malformed("found something else than a list of applications");
    std::vector<std::string> names;
    for (const auto& application : document) {
        const auto* metadata = member(application, "metadata");
        const auto* name = metadata == nullptr ? nullptr : member(*metadata, "name");
        if (name == nullptr || !name->is_string()) {
            return malformed("found an application without a name");
        }
        names.push_back(name->get<std::string>());
    }
    return names;
}

sdk::Result<AccessToken> read_token(std::string_view text) {
    const auto document = json::parse(text, nullptr, false);
    const auto* token = member(document, "access_token");
    if (token == nullptr || !token->is_string()) return malformed("found no access_token");
    AccessToken read{token->get<std::string>(), std::chrono::seconds(usual_lifetime)};
    if (!is_token(read.text)) return malformed("found an access_token that is none");
    const auto* lifetime = member(document, "expires_in");
    if (lifetime != nullptr && lifetime->is_number_unsigned()) {
        const auto seconds = std::min<std::uint64_t>(lifetime->get<std::uint64_t>(),
                                                     static_cast<std::uint64_t>(longest_lifetime));
        read.lifetime = std::chrono::seconds(static_cast<std::int64_t>(seconds));
    }
    return read;
}

}  // namespace ajour::drogue
