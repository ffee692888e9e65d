// SPDX-License-Identifier: Apache-2.0
// Health, metrics, and what Drogue Cloud's API has no words for.
#include "admin/routes.hpp"
#include "digest/sha256.hpp"
#include "store/objects.hpp"
#include "store/tokens.hpp"
#include "store/withdrawn.hpp"

#include <algorithm>
#include <utility>

namespace ajour::admin {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;
using sdk::Sha256;

namespace {

constexpr std::size_t max_hook_body = std::size_t{1} << 20;

Response text_response(std::string text) {
    Response response;
    response.type = "text/plain; version=0.0.4; charset=utf-8";
    response.body = std::move(text);
    return response;
}

Response healthz(const Dependencies&, const Request&) {
    return json_response({{"alive", true}});
}

/// Of all parts, or with ?part=NAME of that one.
Response readyz(const Dependencies& dependencies, const Request& request) {
    const auto asked = request.query.find("part");
    bool ready = true;
    Json parts = Json::array();
    for (const auto& part : dependencies.readiness()) {
        if (asked != request.query.end() && part.part != asked->second) continue;
        Json shown = {{"part", part.part}, {"ready", part.ready}};
        if (!part.ready) shown["reason"] = part.reason;
        parts.push_back(std::move(shown));
        ready = ready && part.ready;
    }
    if (parts.empty()) return refusal(404, "NotFound", "No such part");
    return json_response({{"ready", ready}, {"parts", std::move(parts)}}, ready ? 200 : 503);
}

Response metrics(const Dependencies& dependencies, const Request&) {
    return text_response(dependencies.metrics());
}

Response drogue_version(const Dependencies& dependencies, const Request&) {
    return json_response({{"version", dependencies.version}});
}

Response status(const Dependencies& dependencies, const Request&) {
    const auto counts = dependencies.objects.count();
    if (!counts) return refusal(counts.error());
    Json shown = dependencies.status ? dependencies.status() : Json::object();
    shown["version"] = dependencies.version;
    shown["applications"] = counts->applications;
    shown["devices"] = {{"registered", counts->devices},
                        {"inSync", counts->in_sync},
                        {"updating", counts->updating}};
    shown["withdrawn"] = dependencies.withdrawn.list().size();
    return json_response(shown);
}

/// The pieces of one JSON array.
std::string next_piece(const std::function<std::optional<Json>()>& next, bool& first) {
    std::string text;
    while (text.empty()) {
        const auto some = next();
        if (!some) return first ? "[]" : "]";
        for (const auto& each : *some) {
            text += (first ? "[" : ",") + json::print(each);
            first = false;
        }
    }
    return text;
}

Response list_updates(const Dependencies& dependencies, const Request& request) {
    if (!dependencies.updates) return json_response(Json::array());
    Response response;
    response.more = [next = dependencies.updates(request.names[0]), first = true,
                     ended = false]() mutable -> std::string {
        if (ended) return {};
        auto text = next_piece(next, first);
        ended = text == "[]" || text == "]";
        return text;
    };
    return response;
}

Response list_withdrawn(const Dependencies& dependencies, const Request&) {
    Json digests = Json::array();
    for (const auto& digest : dependencies.withdrawn.list()) digests.push_back(digest.hex());
    return json_response(digests);
}

Response answer_change(const Dependencies& dependencies, const Result<void>& changed) {
    if (!changed && changed.error().kind == ErrorKind::Full) {
        return refusal(409, "Full", changed.error().text);
    }
    if (!changed) return refusal(changed.error());
    if (dependencies.withdrawn_changed) dependencies.withdrawn_changed();
    return no_content();
}

Result<Sha256> digest_in_body(const Request& request) {
    const auto body = parse_body(request.body);
    if (!body) return body.error();
    const Json* found = json::member(*body, "sha256");
    if (found == nullptr || !found->is_string()) {
        return Error{ErrorKind::Malformed, R"(expected {"sha256":"<64 hexadecimal digits>"})"};
    }
    return digest::parse_hex(found->get_ref<const std::string&>());
}

Response withdraw(const Dependencies& dependencies, const Request& request) {
    const auto digest =
        request.names.empty() ? digest_in_body(request) : digest::parse_hex(request.names[0]);
    if (!digest) return refusal(digest.error());
    return answer_change(dependencies, dependencies.withdrawn.add(*digest));
}

Response take_back(const Dependencies& dependencies, const Request& request) {
    const auto digest = digest::parse_hex(request.names[0]);
    if (!digest) return refusal(digest.error());
    return answer_change(dependencies, dependencies.withdrawn.remove(*digest));
}

Json shown(const store::TokenInfo& token) {
    return {{"id", token.id},
            {"name", token.name},
            {"created", token.created},
            {"scope", store::text_of(token.scope)}};
}

Response list_tokens(const Dependencies& dependencies, const Request&) {
    Json tokens = Json::array();
    for (const auto& token : dependencies.tokens.list()) tokens.push_back(shown(token));
    return json_response(tokens);
}

/// The only answer that ever holds a token: its maker has to see it once.
Response create_token(const Dependencies& dependencies, const Request& request) {
    const auto body = parse_body(request.body);
    if (!body) return refusal(body.error());
    const auto asked =
        json::member(*body, "scope") == nullptr ? "admin" : json::text(*body, "scope");
    const auto scope = store::scope_of(asked);
    if (!scope) return refusal(400, "BadRequest", "scope: expected admin or broker");
    const auto token = dependencies.tokens.create(json::text(*body, "name"), *scope);
    if (!token && token.error().kind == ErrorKind::Full) {
        return refusal(409, "Full", token.error().text);
    }
    if (!token) return refusal(token.error());
    Json answer = shown(token->info);
    answer["token"] = token->secret;
    return json_response(answer, 201);
}

Response revoke_token(const Dependencies& dependencies, const Request& request) {
    const auto revoked = dependencies.tokens.revoke(request.names[0]);
    return revoked ? no_content() : refusal(revoked.error());
}

Response receive_hook(const Dependencies& dependencies, const Request& request) {
    const sdk::HookRequest hook{request.names[1], request.headers, request.body};
    const auto received = dependencies.hook(request.names[0], hook);
    return received ? no_content() : refusal(received.error());
}

Access access_of(MetricsReader reader) {
    switch (reader) {
        case MetricsReader::Anyone:
            return Access::Anyone;
        case MetricsReader::Local:
            return Access::LocalOrToken;
        case MetricsReader::Nobody:
            break;
    }
    return Access::Token;
}

}  // namespace

std::vector<Route> ajour_routes(const ServerSettings& settings, const Dependencies& dependencies) {
    const auto on = [&dependencies](auto function) {
        return [&dependencies, function](const Request& request) {
            return function(dependencies, request);
        };
    };
    const auto metrics_access = access_of(settings.metrics_reader);
    // clang-format off
    return {
        {"GET",    "/healthz",                             Access::Anyone, on(healthz)},
        {"GET",    "/readyz",                              Access::Anyone, on(readyz)},
        {"GET",    "/metrics",                             metrics_access, on(metrics)},
        {"GET",    "/.well-known/drogue-version",          Access::Anyone, on(drogue_version)},
        {"GET",    "/api/ajour/v1/status",                 Access::Token,  on(status)},
        {"GET",    "/api/ajour/v1/updates/{}",             Access::Token,  on(list_updates)},
        {"GET",    "/api/ajour/v1/firmware/withdrawn",     Access::Token,  on(list_withdrawn)},
        {"POST",   "/api/ajour/v1/firmware/withdrawn",     Access::Token,  on(withdraw)},
        {"POST",   "/api/ajour/v1/firmware/withdrawn/{}",  Access::Token,  on(withdraw)},
        {"DELETE", "/api/ajour/v1/firmware/withdrawn/{}",  Access::Token,  on(take_back)},
        {"GET",    "/api/ajour/v1/tokens",                 Access::Token,  on(list_tokens)},
        {"POST",   "/api/ajour/v1/tokens",                 Access::Token,  on(create_token)},
        {"DELETE", "/api/ajour/v1/tokens/{}",              Access::Token,  on(revoke_token)},
        {"POST",   "/api/ajour/v1/hooks/{}/{*}",           Access::Anyone, on(receive_hook), max_hook_body},
    };
    // clang-format on
}

}  // namespace ajour::admin
