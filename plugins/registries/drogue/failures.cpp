// SPDX-License-Identifier: Apache-2.0
#include "failures.hpp"

#include "drogue_access/refusal.hpp"
#include "json_text.hpp"

#include <string>
#include <string_view>

namespace ajour::drogue_registry {

using http_client::Response;
using sdk::Error;
using sdk::ErrorKind;

namespace {

constexpr std::size_t shown_max = 80;

std::string printable(std::string_view text) {
    std::string shown(text.substr(0, shown_max));
    for (auto& c : shown) {
        if (c < ' ' || c > '~') c = '?';
    }
    return shown;
}

/// A member of {"error":"Forbidden","message":"Forbidden"}; bodies may be empty too.
std::string said(const Response& answer, std::string_view name) {
    return is_json(answer.body) ? text_of(member(answer.body, name)) : std::string();
}

ErrorKind kind_of(int status) noexcept {
    if (status == 404) return ErrorKind::NotFound;
    return status == 401 || status == 403 ? ErrorKind::Refused : ErrorKind::Unavailable;
}

}  // namespace

bool is_trouble(const Response& answer) noexcept {
    return answer.status == 429 || answer.status >= 500;
}

Error failure_of(const Response& answer) {
    auto text = answer.url + " answered " + std::to_string(answer.status);
    if (const auto kind = said(answer, "error"); !kind.empty()) {
        text += " (" + printable(kind + ": " + said(answer, "message")) + ")";
    }
    if (drogue_access::is_refused_credential(answer)) text += ": our credential is refused";
    return {kind_of(answer.status), std::move(text)};
}

}  // namespace ajour::drogue_registry
