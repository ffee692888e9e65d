// SPDX-License-Identifier: Apache-2.0
#include "admin/routes.hpp"

#include "store/tokens.hpp"

#include <Poco/Base64Decoder.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>

namespace ajour::admin {

using sdk::LogLevel;

namespace {

constexpr std::size_t max_credential = 1024;

std::string_view take_segment(std::string_view& path) {
    const auto slash = path.find('/', 1);
    const auto segment = path.substr(0, slash);
    path.remove_prefix(segment.size());
    return segment;
}

/// What the placeholders stand for, still encoded; nothing when the path is another.
std::optional<std::vector<std::string_view>> match(std::string_view pattern,
                                                   std::string_view path) {
    std::vector<std::string_view> names;
    while (!pattern.empty() && !path.empty()) {
        const auto expected = take_segment(pattern);
        if (expected == "/{*}") {
            names.push_back(path);
            return names;
        }
        const auto found = take_segment(path);
        if (expected == "/{}") {
            if (found.size() < 2) return std::nullopt;
            names.push_back(found.substr(1));
        } else if (found != expected) {
            return std::nullopt;
        }
    }
    if (!path.empty()) return std::nullopt;
    if (pattern == "/{*}") names.emplace_back();
    if (!pattern.empty() && pattern != "/{*}") return std::nullopt;
    return names;
}

std::optional<std::string> after_scheme(const std::string& header, std::string_view scheme) {
    if (header.size() <= scheme.size() || header[scheme.size()] != ' ') return std::nullopt;
    const auto same = [](char a, char b) { return (a | 0x20) == b; };
    if (!std::equal(scheme.begin(), scheme.end(), header.begin(),
                    [&](char b, char a) { return same(a, b); })) {
        return std::nullopt;
    }
    return header.substr(scheme.size() + 1);
}

/// What could be read; a malformed rest is left out.
std::string decode_base64(const std::string& text) {
    std::istringstream input(text);
    Poco::Base64Decoder decoder(input);
    std::ostringstream decoded;
    decoded << decoder.rdbuf();
    return std::move(decoded).str();
}

/// The token of a Bearer, or the password of a Basic credential; its user may be anything.
std::optional<std::string> shown_token(const Request& request) {
    const auto header = request.headers.find("authorization");
    if (header == request.headers.end() || header->second.size() > max_credential)
        return std::nullopt;
    if (auto bearer = after_scheme(header->second, "bearer")) return bearer;
    const auto basic = after_scheme(header->second, "basic");
    if (!basic) return std::nullopt;
    const auto pair = decode_base64(*basic);
    const auto colon = pair.find(':');
    if (colon == std::string::npos) return std::nullopt;
    return pair.substr(colon + 1);
}

}  // namespace

Routes::Routes(const ServerSettings& settings, const Dependencies& dependencies)
    : dependencies_(dependencies),
      max_body_(settings.max_body),
      routes_(ajour_routes(settings, dependencies)) {
    std::ranges::move(registry_routes(dependencies), std::back_inserter(routes_));
    std::ranges::move(broker_routes(dependencies), std::back_inserter(routes_));
}

const Route* Routes::find(const Request& request) const {
    const auto fits = [&](const Route& route) {
        return route.method == request.method && match(route.pattern, request.path).has_value();
    };
    const auto found = std::ranges::find_if(routes_, fits);
    return found == routes_.end() ? nullptr : &*found;
}

std::size_t Routes::max_body(const Request& request) const {
    const Route* route = find(request);
    return route == nullptr || route->max_body == 0 ? max_body_ : route->max_body;
}

bool Routes::may(const Request& request, Access access) const {
    if (access == Access::Anyone) return true;
    if (access == Access::LocalOrToken && request.is_local) return true;
    const auto token = shown_token(request);
    const auto scope = access == Access::BrokerToken ? store::Scope::Broker : store::Scope::Admin;
    return token && dependencies_.tokens.verify(*token, scope);
}

Response Routes::refuse_unknown(const Request& request) const {
    std::string methods;
    for (const auto& route : routes_) {
        if (!match(route.pattern, request.path)) continue;
        methods += (methods.empty() ? "" : ", ") + std::string(route.method);
    }
    if (methods.empty()) return refusal(404, "NotFound", "Not found");
    auto response = refusal(405, "MethodNotAllowed", "Method not allowed");
    response.headers["Allow"] = methods;
    return response;
}

Response Routes::answer_or_throw(Request& request) const {
    const Route* route = find(request);
    if (route == nullptr) return refuse_unknown(request);
    if (!may(request, route->access)) return forbidden();
    const auto names = match(route->pattern, request.path);
    for (const auto name : *names) {
        auto decoded = decode_segment(name);
        if (!decoded) return refusal(decoded.error());
        request.names.push_back(*std::move(decoded));
    }
    return route->answer(request);
}

void Routes::log_fault(const Request& request, std::string_view fault) const {
    if (!dependencies_.log) return;
    dependencies_.log(LogLevel::Error,
                      "admin: " + request.method + " " + request.path + ": " + std::string(fault));
}

std::function<std::string()> Routes::with_log(const Request& request,
                                              std::function<std::string()> more) const {
    if (!more) return more;
    return [this, &request, more = std::move(more)] {
        try {
            return more();
        } catch (const std::exception& thrown) {
            log_fault(request, thrown.what());
            throw;
        }
    };
}

Response Routes::answer(Request& request) const noexcept {
    try {
        Response response;
        try {
            response = answer_or_throw(request);
        } catch (const std::exception& thrown) {
            response = refusal(sdk::Error{sdk::ErrorKind::Internal, thrown.what()});
        }
        if (!response.fault.empty()) log_fault(request, response.fault);
        response.more = with_log(request, std::move(response.more));
        return response;
    } catch (...) {
        Response response;
        response.status = 500;
        return response;
    }
}

}  // namespace ajour::admin
