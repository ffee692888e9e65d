// SPDX-License-Identifier: Apache-2.0
#include "distribution/server.hpp"

#include "distribution/error_answer.hpp"
#include "json/value.hpp"
#include "reference.hpp"

#include <random>

namespace ajour::oci {

using http_client::Request;
using http_client::Response;
using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t MostWarnings = 64;

std::string origin_at(const ServerOptions& options) {
    return (options.http.plain ? "http://" : "https://") + serving_host(options.host);
}

double chance() {
    thread_local std::minstd_rand source{std::random_device{}()};
    return std::uniform_real_distribution<double>(0, 1)(source);
}

std::vector<Challenge> challenges_of(const Response& response) {
    std::vector<Challenge> challenges;
    for (const auto header : response.all("www-authenticate")) {
        for (auto& challenge : parse_challenges(header)) challenges.push_back(std::move(challenge));
    }
    return challenges;
}

/// Why a second 401 came, after what it asked for was shown.
Error rejected(const Response& response) {
    for (const auto& challenge : challenges_of(response)) {
        if (challenge.parameter("error") != "insufficient_scope") continue;
        return {ErrorKind::Refused,
                "authentication: the token does not allow to pull (insufficient_scope)"};
    }
    return {ErrorKind::Refused, "authentication: credentials rejected (status 401)"};
}

}  // namespace

Server::Server(ServerOptions options, sdk::Host& host, Metrics& metrics)
    : origin_(origin_at(options)),
      host_(host),
      metrics_(metrics),
      client_(options.http),
      authorizer_(Credentials(options.credentials, options.host), client_,
                  {options.http.plain, options.tokens_max}, metrics.tokens),
      rests_(options.repositories_max, metrics.repositories_failing) {}

Result<Response> Server::send(Request request, const std::string& path,
                              const std::string& repository) {
    return converse(std::move(request), path, repository,
                    [this](const Request& asked) { return client_.send(asked); });
}

Result<Response> Server::download(Request request, const std::string& path,
                                  const std::string& repository, sdk::ByteSink& sink) {
    return converse(std::move(request), path, repository,
                    [&](const Request& asked) { return client_.download(asked, sink); });
}

std::optional<BackOff::Rest> Server::rest(const std::string& repository) {
    const std::lock_guard lock(mutex_);
    return rests_.rest(repository, std::chrono::steady_clock::now());
}

void Server::wake(const std::string& repository) {
    const std::lock_guard lock(mutex_);
    rests_.wake(repository);
}

Result<Response> Server::converse(Request request, const std::string& path,
                                  const std::string& repository, const Exchange& exchange) {
    if (const auto resting = rest(repository)) {
        return Error{ErrorKind::Unavailable, "not asked for another " +
                                                 std::to_string(resting->left.count()) +
                                                 " s, since " + resting->reason};
    }
    request.url = origin_ + path;
    auto shown = authorizer_.known(repository);
    if (!shown) return shown.error();
    request.authorization = *shown;
    auto response = once(request, repository, exchange);
    if (!response || response->status != 401) return response;
    std::chrono::seconds asked{0};
    auto wanted = authorizer_.answer(challenges_of(*response), repository, *shown, asked);
    if (!wanted) {
        if (wanted.error().kind == ErrorKind::Unavailable) {
            fail(repository, {asked, false, wanted.error().text});
        }
        return wanted.error();
    }
    request.authorization = *wanted;
    response = once(request, repository, exchange);
    if (response && response->status == 401) return rejected(*response);
    return response;
}

Result<Response> Server::once(const Request& request, const std::string& repository,
                              const Exchange& exchange) {
    metrics_.requests.add();
    auto response = exchange(request);
    if (!response) {
        const auto kind = response.error().kind;
        const bool silent = kind == ErrorKind::Unavailable || kind == ErrorKind::Timeout;
        if (silent) fail(repository, {{}, false, response.error().text});
        return response;
    }
    show_warnings(*response);
    if (asks_for_rest(response->status)) {
        if (response->status == 429 || response->status == 503) metrics_.requests_throttled.add();
        const auto error = error_of(*response);
        fail(repository, {rest_asked_by(*response), response->status == 429, error.text});
        return error;
    }
    if (response->status == 401) return response;  // nobody was served yet
    const std::lock_guard lock(mutex_);
    rests_.succeeded(repository);
    return response;
}

void Server::fail(const std::string& repository, const Rests::Failure& failure) {
    metrics_.requests_failed.add();
    const std::lock_guard lock(mutex_);
    rests_.failed(repository, failure, std::chrono::steady_clock::now(), chance());
}

void Server::show_warnings(const Response& response) {
    for (const auto warning : response.all("warning")) {
        const auto text = printable(warning, 200);
        {
            const std::lock_guard lock(mutex_);
            if (warnings_.size() >= MostWarnings || !warnings_.insert(text).second) continue;
        }
        host_.log(sdk::LogLevel::Warning, origin_ + " warns: " + text);
    }
}

}  // namespace ajour::oci
