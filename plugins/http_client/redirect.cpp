// SPDX-License-Identifier: Apache-2.0
#include "redirect.hpp"

#include "characters.hpp"

#include <utility>

namespace ajour::http_client {
namespace {

sdk::Result<void> check_scheme(const Url& url, bool plain) {
    if (url.secure || plain) return {};
    return sdk::Error{sdk::ErrorKind::Refused, "plain http is not allowed here"};
}

}  // namespace

bool is_redirect(int status) noexcept {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

sdk::Result<Hop> first_hop(std::string_view url, bool plain) {
    auto parsed = parse_url(url);
    if (!parsed) return parsed.error();
    if (auto checked = check_scheme(*parsed, plain); !checked) return checked.error();
    return Hop{std::move(*parsed), true};
}

sdk::Result<Hop> next_hop(const Hop& from, std::string_view location, bool plain) {
    auto url = resolve_reference(from.url, trimmed(location));
    if (!url) return url.error().in("the redirect");
    if (from.url.secure && !url->secure) {
        return sdk::Error{sdk::ErrorKind::Refused, "a redirect from https to http"};
    }
    if (auto checked = check_scheme(*url, plain); !checked)
        return checked.error().in("the redirect");
    const bool trusted = from.trusted && url->origin() == from.url.origin();
    return Hop{std::move(*url), trusted};
}

}  // namespace ajour::http_client
