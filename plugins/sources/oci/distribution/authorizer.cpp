// SPDX-License-Identifier: Apache-2.0
#include "distribution/authorizer.hpp"

#include "distribution/basic.hpp"
#include "distribution/error_answer.hpp"
#include "json/value.hpp"

#include <algorithm>

namespace ajour::oci {

using http_client::Request;
using http_client::Response;
using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t LongestParameter = 2048;

const Challenge* find_scheme(const std::vector<Challenge>& challenges, std::string_view scheme) {
    const auto found = std::find_if(challenges.begin(), challenges.end(),
                                    [&](const auto& it) { return it.scheme == scheme; });
    return found == challenges.end() ? nullptr : &*found;
}

Error refused(std::string text) {
    return {ErrorKind::Refused, std::move(text)};
}

Error no_scheme(const std::vector<Challenge>& challenges) {
    const auto found = challenges.empty() ? std::string("none that can be read")
                                          : '"' + printable(challenges.front().scheme, 40) + '"';
    return refused("authentication: the OCI registry asks for " + found +
                   ", expected Basic or Bearer");
}

/// The realm's URL, when it may be asked.
Result<std::string> token_server(const Challenge& challenge, bool plain) {
    const auto realm = challenge.parameter("realm");
    const auto origin = http_client::origin_of(realm);
    if (origin.empty() || realm.size() > LongestParameter ||
        realm.find('#') != std::string_view::npos) {
        return refused("authentication: the realm of the token server is no URL: \"" +
                       printable(realm.substr(0, realm.find('?')), 80) + '"');
    }
    if (plain || origin.starts_with("https://")) return std::string(realm);
    return refused("authentication: the token server " + origin +
                   " speaks plain http, which `plain` does not allow");
}

std::string parameter(const Challenge& challenge, std::string_view name) {
    return std::string(challenge.parameter(name).substr(0, LongestParameter));
}

/// One `scope` parameter for each of the scopes between the spaces.
std::string scope_query(std::string_view scopes) {
    std::string query;
    while (!scopes.empty()) {
        const auto scope = scopes.substr(0, scopes.find(' '));
        scopes.remove_prefix(std::min(scopes.size(), scope.size() + 1));
        if (!scope.empty()) query += "&scope=" + http_client::percent_encoded(scope);
    }
    return query;
}

Error token_server_error(const Response& response, const Login& login,
                         std::chrono::seconds& asked) {
    asked = rest_asked_by(response);
    const auto status = std::to_string(response.status);
    if (response.status == 401 || response.status == 403 || response.status == 400) {
        return refused(login.empty()
                           ? "authentication: the token server gives no token without credentials "
                             "(status " +
                                 status + "), and none are set"
                           : "authentication: credentials rejected by the token server (status " +
                                 status + ")");
    }
    return {ErrorKind::Unavailable,
            "authentication: the token server answered status " + status + ", expected 200"};
}

}  // namespace

Authorizer::Authorizer(Credentials credentials, http_client::Client& client, Bounds bounds,
                       sdk::Metric& tokens)
    : credentials_(std::move(credentials)),
      client_(client),
      bounds_(bounds),
      tokens_(bounds.tokens_max, tokens) {}

Result<std::string> Authorizer::known(const std::string& repository) {
    const auto token = tokens_.find(repository);
    if (!token && !basic_) return std::string();
    const auto login = credentials_.login(repository);
    if (!login) return login.error();
    if (basic_) {
        return login->empty() ? std::string() : basic_authorization(login->user, login->password);
    }
    const bool good =
        token->login == *login && std::chrono::steady_clock::now() < token->good_until;
    return good ? token->header : std::string();
}

Result<std::string> Authorizer::answer(const std::vector<Challenge>& challenges,
                                       const std::string& repository, const std::string& shown,
                                       std::chrono::seconds& asked) {
    const auto login = credentials_.login(repository);
    if (!login) return login.error();
    if (const auto* bearer = find_scheme(challenges, "bearer")) {
        tokens_.forget(repository);
        return new_token(*bearer, repository, *login, asked);
    }
    if (find_scheme(challenges, "basic") == nullptr) return no_scheme(challenges);
    if (login->empty()) {
        return refused("authentication: the OCI registry asks for credentials, and none are set");
    }
    auto header = basic_authorization(login->user, login->password);
    if (header == shown) return refused("authentication: credentials rejected");
    basic_ = true;
    return header;
}

Result<std::string> Authorizer::new_token(const Challenge& challenge, const std::string& repository,
                                          const Login& login, std::chrono::seconds& asked) {
    const auto got = ask_token_server(challenge, repository, login, asked);
    if (!got) return got.error();
    Token token{"Bearer " + got->token, std::chrono::steady_clock::now() + got->good_for * 4 / 5,
                login};
    tokens_.put(repository, token);
    return token.header;
}

Result<TokenAnswer> Authorizer::ask_token_server(const Challenge& challenge,
                                                 const std::string& repository, const Login& login,
                                                 std::chrono::seconds& asked) {
    const auto realm = token_server(challenge, bounds_.plain);
    if (!realm) return realm.error();
    const auto service = parameter(challenge, "service");
    auto scope = parameter(challenge, "scope");
    if (scope.empty()) scope = "repository:" + repository + ":pull";
    if (!login.identity_token.empty()) {
        const auto response = exchange_identity(*realm, service, scope, login);
        if (!response) return response.error().in("authentication");
        if (response->status == 200) return parse_token_answer(response->body);
        if (response->status != 404 && response->status != 405) {
            return token_server_error(*response, login, asked);
        }
    }
    Request request;
    request.url = *realm + (realm->find('?') == std::string::npos ? '?' : '&') +
                  "service=" + http_client::percent_encoded(service) + scope_query(scope);
    const auto& password = login.password.empty() ? login.identity_token : login.password;
    if (!login.empty()) request.authorization = basic_authorization(login.user, password);
    const auto response = client_.send(request);
    if (!response) return response.error().in("authentication");
    if (response->status != 200) return token_server_error(*response, login, asked);
    return parse_token_answer(response->body);
}

Result<Response> Authorizer::exchange_identity(const std::string& realm, const std::string& service,
                                               const std::string& scope, const Login& login) {
    using http_client::percent_encoded;
    Request request;
    request.method = "POST";
    request.url = realm;
    request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    request.body = "grant_type=refresh_token&client_id=ajour&service=" + percent_encoded(service) +
                   "&scope=" + percent_encoded(scope) +
                   "&refresh_token=" + percent_encoded(login.identity_token);
    return client_.send(request);
}

}  // namespace ajour::oci
