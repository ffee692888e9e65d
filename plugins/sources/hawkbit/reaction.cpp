// SPDX-License-Identifier: Apache-2.0
#include "reaction.hpp"

#include "json.hpp"

namespace ajour::hawkbit {

namespace {

constexpr std::string_view QuotaCode = "hawkbit.server.error.quota";

std::string text_in(std::string_view body, const char* name) {
    const auto answer = parse_object(body);
    if (!answer) return {};
    const auto text = text_member(*answer, name, body.size());
    return text ? text->value_or("") : "";
}

Reaction reaction_to_client_error(int status, std::string_view body) {
    switch (status) {
        case 401:
            return Reaction::Refused;
        case 403:
        case 429:
            if (text_in(body, "errorCode").starts_with(QuotaCode)) return Reaction::Quota;
            return status == 403 ? Reaction::Refused : Reaction::Throttled;
        case 404:
        case 410:
            return Reaction::Over;
        case 408:
        case 409:
        case 425:
            return Reaction::Again;
        default:
            return Reaction::Wrong;
    }
}

}  // namespace

Reaction reaction_to(int status, std::string_view body) {
    if (status >= 200 && status < 300) return Reaction::Done;
    if (status >= 400 && status < 500) return reaction_to_client_error(status, body);
    return status >= 500 ? Reaction::Again : Reaction::Wrong;
}

std::string explanation_of(int status, std::string_view body) {
    auto text = "HTTP " + std::to_string(status);
    const auto code = text_in(body, "errorCode"), message = text_in(body, "message");
    if (!code.empty()) text += " " + printable(code, 80);
    if (!message.empty()) text += " \"" + printable(message, 120) + "\"";
    return text;
}

}  // namespace ajour::hawkbit
