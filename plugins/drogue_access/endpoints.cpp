// SPDX-License-Identifier: Apache-2.0
#include "endpoints.hpp"

#include "http_client/message.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace ajour::drogue_access {
namespace {

using nlohmann::json;
using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

constexpr std::size_t text_max = 1024;

/// What is there at the end of a path of members, or null.
const json* at(const json& object, std::initializer_list<const char*> path) {
    const auto* place = &object;
    for (const auto* name : path) {
        if (!place->is_object()) return nullptr;
        const auto found = place->find(name);
        if (found == place->end()) return nullptr;
        place = &*found;
    }
    return place;
}

std::string text_at(const json& object, std::initializer_list<const char*> path) {
    const auto* found = at(object, path);
    if (found == nullptr || !found->is_string()) return {};
    auto text = found->get<std::string>();
    const bool is_plain = text.size() <= text_max &&
                          std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
    return is_plain ? text : std::string();
}

std::uint16_t port_at(const json& object, std::initializer_list<const char*> path) {
    const auto* found = at(object, path);
    if (found == nullptr || !found->is_number_unsigned()) return 0;
    const auto number = found->get<std::uint64_t>();
    return number <= std::numeric_limits<std::uint16_t>::max() ? static_cast<std::uint16_t>(number)
                                                               : std::uint16_t{0};
}

Result<json> read_object(std::string_view text) {
    auto object = json::parse(text, nullptr, false);
    if (object.is_object()) return object;
    return Error{ErrorKind::Malformed, "found something else than a JSON object"};
}

std::string without_slash(std::string url) {
    while (url.ends_with('/')) url.pop_back();
    return url;
}

Result<std::string> get(http_client::Client& client, const std::string& url) {
    http_client::Request request;
    request.url = url;
    request.headers = {{"Accept", "application/json"}};
    auto answer = client.send(request);
    if (!answer) return answer.error();
    if (answer->status == 200) return std::move(answer->body);
    return Error{ErrorKind::Unavailable,
                 answer->url + " answered " + std::to_string(answer->status) + ", expected 200"};
}

}  // namespace

Result<Endpoints> read_endpoints(std::string_view text) {
    const auto object = read_object(text);
    if (!object) return object.error();
    Endpoints endpoints;
    endpoints.mqtt_host = text_at(*object, {"mqtt_integration", "host"});
    endpoints.mqtt_port = port_at(*object, {"mqtt_integration", "port"});
    endpoints.websocket_url = text_at(*object, {"websocket_integration", "url"});
    endpoints.issuer_url = text_at(*object, {"issuer_url"});
    return endpoints;
}

Result<std::string> read_token_endpoint(std::string_view text) {
    const auto object = read_object(text);
    if (!object) return object.error();
    auto url = text_at(*object, {"token_endpoint"});
    if (!http_client::origin_of(url).empty()) return url;
    return Error{ErrorKind::Malformed, "found no token_endpoint that is a URL"};
}

Result<Endpoints> find_endpoints(http_client::Client& client, const std::string& api) {
    const auto url = api + "/.well-known/drogue-endpoints";
    const auto answer = get(client, url);
    if (!answer) return answer.error().in("asking the cloud where its parts are");
    auto endpoints = read_endpoints(*answer);
    return endpoints ? std::move(endpoints) : endpoints.error().in("reading " + url);
}

Result<std::string> find_token_endpoint(http_client::Client& client, const std::string& api) {
    const auto endpoints = find_endpoints(client, api);
    if (!endpoints) return endpoints.error();
    if (endpoints->issuer_url.empty()) {
        return Error{ErrorKind::NotFound, "the cloud names no OpenID provider (issuer_url)"};
    }
    const auto issuer = without_slash(endpoints->issuer_url);
    const auto answer = get(client, issuer + "/.well-known/openid-configuration");
    if (!answer) return answer.error().in("asking the OpenID provider for its token endpoint");
    auto found = read_token_endpoint(*answer);
    return found ? std::move(found) : found.error().in("reading the OpenID configuration");
}

}  // namespace ajour::drogue_access
