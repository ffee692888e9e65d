// SPDX-License-Identifier: Apache-2.0
#include "url.hpp"

#include "characters.hpp"
#include "message.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace ajour::http_client {
namespace {

using sdk::ErrorKind;

constexpr std::size_t host_max = 255;

sdk::Error refused(std::string_view why) {
    return {ErrorKind::Refused, "the URL " + std::string(why)};
}

bool is_host(std::string_view host) {
    if (host.empty() || host.size() > host_max) return false;
    if (host.front() != '[') {
        return std::all_of(host.begin(), host.end(), [](char c) {
            return is_alphanumeric(c) || c == '-' || c == '.' || c == '_';
        });
    }
    return host.size() > 3 && host.back() == ']' &&
           std::all_of(host.begin() + 1, host.end() - 1,
                       [](char c) { return is_hexadecimal(c) || c == ':' || c == '.'; });
}

std::optional<std::uint16_t> port_of(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (fault != std::errc() || end != text.data() + text.size() || port == 0) return std::nullopt;
    return port;
}

/// The same with what may not stand in a URL as %XX; a backslash too, which some take for a slash.
std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c > ' ' && c <= '~' && c != '\\') {
            safe.push_back(c);
        } else {
            append_percent(safe, c);
        }
    }
    return safe;
}

void drop_last_segment(std::string& path) {
    path.erase(path.rfind('/') == std::string::npos ? 0 : path.rfind('/'));
}

/// Of a path that begins with "/" (RFC 3986 section 5.2.4).
std::string without_dot_segments(std::string_view path) {
    std::string result;
    while (!path.empty()) {
        const auto end = std::min(path.find('/', 1), path.size());
        const auto segment = path.substr(0, end);
        path.remove_prefix(end);
        const bool is_last = path.empty();
        if (segment == "/..") drop_last_segment(result);
        if (segment != "/." && segment != "/..") {
            result.append(segment);
        } else if (is_last) {
            result.push_back('/');
        }
    }
    return result;
}

void set_path_and_query(Url& url, std::string_view text) {
    const auto query = std::min(text.find('?'), text.size());
    url.path = escaped(text.substr(0, query));
    url.query = escaped(text.substr(query));
    if (url.path.empty()) url.path = "/";
}

std::optional<sdk::Error> fault_of(std::string_view text) {
    if (text.size() > url_max) return refused("is too long");
    if (std::any_of(text.begin(), text.end(), is_control))
        return refused("holds a control character");
    return std::nullopt;
}

/// Takes "host:port" apart; `url.secure` is known.
sdk::Result<void> set_authority(Url& url, std::string_view authority) {
    if (authority.find('@') != std::string_view::npos) return refused("has credentials in it");
    const auto bracket = authority.rfind(']');
    const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    const auto host = authority.substr(0, colon);
    if (!is_host(host)) return refused("has no host that could be one");
    url.host = lower_case(host);
    url.port = url.secure ? 443 : 80;
    if (colon == std::string_view::npos || colon + 1 == authority.size()) return {};
    const auto port = port_of(authority.substr(colon + 1));
    if (!port) return refused("has a port that is none");
    url.port = *port;
    return {};
}

bool has_scheme(std::string_view reference) {
    const auto end = reference.find_first_of(":/?#");
    return end != std::string_view::npos && end > 0 && reference[end] == ':';
}

std::string_view without_fragment(std::string_view text) {
    return text.substr(0, text.find('#'));
}

/// An absolute path with a query, out of a reference that names no host.
std::string path_of(const Url& base, std::string_view reference) {
    if (reference.empty()) return base.path + base.query;
    if (reference.front() == '/') return std::string(reference);
    if (reference.front() == '?') return base.path + std::string(reference);
    return base.path.substr(0, base.path.rfind('/') + 1) + std::string(reference);
}

}  // namespace

std::string Url::origin() const {
    return (secure ? "https://" : "http://") + host + ":" + std::to_string(port);
}

std::string Url::location() const {
    const bool usual = port == (secure ? 443 : 80);
    return (secure ? "https://" : "http://") + host + (usual ? "" : ":" + std::to_string(port)) +
           path;
}

sdk::Result<Url> parse_url(std::string_view text) {
    if (auto fault = fault_of(text)) return *fault;
    const auto colon = text.find("://");
    const auto scheme = lower_case(text.substr(0, colon));
    const bool is_known = scheme == "https" || scheme == "http";
    if (colon == std::string_view::npos || !is_known) return refused("is none of http or https");
    Url url;
    url.secure = scheme == "https";
    const auto rest = without_fragment(text.substr(colon + 3));
    const auto end = std::min(rest.find_first_of("/?"), rest.size());
    if (auto set = set_authority(url, rest.substr(0, end)); !set) return set.error();
    set_path_and_query(url, rest.substr(end));
    return url;
}

sdk::Result<Url> resolve_reference(const Url& base, std::string_view reference) {
    if (auto fault = fault_of(reference)) return *fault;
    if (has_scheme(reference)) return parse_url(reference);
    if (reference.starts_with("//")) {
        return parse_url((base.secure ? "https:" : "http:") + std::string(reference));
    }
    Url url = base;
    set_path_and_query(url, path_of(base, without_fragment(reference)));
    url.path = without_dot_segments(url.path);
    return url;
}

std::string origin_of(std::string_view url) {
    const auto parsed = parse_url(url);
    return parsed ? parsed->origin() : std::string();
}

}  // namespace ajour::http_client
