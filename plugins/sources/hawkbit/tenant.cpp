// SPDX-License-Identifier: Apache-2.0
#include "tenant.hpp"

#include <algorithm>
#include <ctime>

namespace ajour::hawkbit {

using http_client::Request;
using http_client::Response;
using sdk::Result;

namespace {

constexpr std::chrono::seconds FirstPause{1}, LongestPause{60};

Instant now() {
    return std::chrono::steady_clock::now();
}

http_client::Options client_options(const Connection& connection, const Options& options) {
    http_client::Options client;
    client.ca_file = connection.ca;
    client.plain = connection.plain;
    client.connect_timeout = options.connect_timeout;
    client.timeout = options.request_timeout;
    client.stall = options.stall;
    client.body_max = options.answer_max;
    return client;
}

}  // namespace

Tenant::Tenant(const Connection& connection, const Options& options, Metrics& metrics)
    : connection_(connection),
      metrics_(metrics),
      client_(client_options(connection, options)),
      reads_(options.requests_per_second),
      writes_(options.writes_per_second) {}

bool Tenant::may_read(Instant at) {
    const std::lock_guard lock(mutex_);
    return at >= paused_until_ && reads_.ready(at);
}

bool Tenant::begin_poll(Instant at) {
    const std::lock_guard lock(mutex_);
    if (at < paused_until_ || !reads_.ready(at)) return false;
    reads_.take(at);
    return true;
}

bool Tenant::may_write(Instant at) {
    const std::lock_guard lock(mutex_);
    return at >= paused_until_ && writes_.ready(at);
}

std::string Tenant::problem() {
    const std::lock_guard lock(mutex_);
    return problem_;
}

Request Tenant::request(const std::string& method, const std::string& controller,
                        const std::string& path) const {
    Request request;
    request.method = method;
    request.url = connection_.url + "/" + connection_.tenant + "/controller/v1/" +
                  http_client::percent_encoded(controller);
    if (!path.empty()) request.url += "/" + path;
    request.headers.push_back({"Accept", "application/hal+json, application/json"});
    request.authorization = "GatewayToken " + connection_.token;
    return request;
}

Result<Response> Tenant::poll(const std::string& controller, const std::string& etag) {
    auto asked = request("GET", controller, "");
    if (!etag.empty()) asked.headers.push_back({"If-None-Match", etag});
    return send(asked);
}

Result<Response> Tenant::get(const std::string& controller, const std::string& path) {
    return send(request("GET", controller, path), reads_);
}

Result<Response> Tenant::put(const std::string& controller, const std::string& path,
                             std::string body) {
    auto told = request("PUT", controller, path);
    told.headers.push_back({"Content-Type", "application/json"});
    told.body = std::move(body);
    return send(told, writes_);
}

Result<Response> Tenant::post(const std::string& controller, const std::string& path,
                              std::string body) {
    auto told = request("POST", controller, path);
    told.headers.push_back({"Content-Type", "application/json"});
    told.body = std::move(body);
    return send(told, writes_);
}

Result<Response> Tenant::send(const Request& request, TokenBucket& bucket) {
    {
        const std::lock_guard lock(mutex_);
        bucket.take(now());
    }
    return send(request);
}

Result<Response> Tenant::send(const Request& request) {
    auto answer = client_.send(request);
    judge(answer);
    return answer;
}

bool Tenant::owns(const std::string& url) const {
    return http_client::origin_of(url) == http_client::origin_of(connection_.url);
}

Result<Response> Tenant::download(const std::string& url, const std::string& etag,
                                  std::uint64_t from, sdk::ByteSink& sink) {
    Request request;
    request.url = url;
    request.from = from;
    const bool own = owns(url);
    if (own) request.authorization = "GatewayToken " + connection_.token;
    if (own && from > 0 && !etag.empty()) request.headers.push_back({"If-Range", etag});
    {
        const std::lock_guard lock(mutex_);
        reads_.take(now());
    }
    auto answer = client_.download(request, sink);
    if (own && answer) judge(answer);
    return answer;
}

sdk::Error Tenant::refusal(const Response& answer) const {
    return {sdk::ErrorKind::Refused, "hawkBit refuses the gateway token of tenant " +
                                         connection_.tenant + ": " +
                                         explanation_of(answer.status, answer.body)};
}

/// One bad answer is one device's; what every device would get stops all for a while.
void Tenant::judge(const Result<Response>& answer) {
    constexpr unsigned failures_of_some_devices = 7;
    if (!answer) {
        const auto kind = answer.error().kind;
        const bool everybodys = kind == sdk::ErrorKind::Unavailable ||
                                kind == sdk::ErrorKind::Timeout || kind == sdk::ErrorKind::Refused;
        if (everybodys) pause({}, answer.error().text, failures_of_some_devices);
        return;
    }
    const auto reaction = reaction_to(answer->status, answer->body);
    const auto said = explanation_of(answer->status, answer->body);
    if (reaction == Reaction::Refused) {
        metrics_.token_refused.add();
        return pause({}, refusal(*answer).text);
    }
    const auto wanted = http_client::retry_after(*answer, std::time(nullptr));
    if (reaction == Reaction::Throttled) {
        metrics_.throttled.add();
        return pause(std::chrono::seconds(wanted), "hawkBit is asked too often: " + said);
    }
    if (answer->status == 503) {
        return pause(std::chrono::seconds(wanted), "hawkBit has no time: " + said,
                     failures_of_some_devices);
    }
    const std::lock_guard lock(mutex_);
    failures_ = 0;
    problem_.clear();
}

/// Without a wanted time it doubles; the first `patience` failures in a row do not count.
void Tenant::pause(std::chrono::seconds wanted, std::string problem, unsigned patience) {
    const std::lock_guard lock(mutex_);
    if (failures_++ < patience && wanted.count() == 0) return;
    const auto doublings = std::min(failures_ - 1 - std::min(patience, failures_ - 1), 5U);
    const auto usual = std::min(FirstPause * (1 << doublings), LongestPause);
    paused_until_ = std::max(paused_until_, now() + (wanted.count() > 0 ? wanted : usual));
    problem_ = std::move(problem);
}

}  // namespace ajour::hawkbit
