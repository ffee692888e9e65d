// SPDX-License-Identifier: Apache-2.0
#include "read_settings.hpp"

#include "http_client/base_url.hpp"
#include "paths.hpp"

#include <stdexcept>

namespace ajour::drogue_registry {

namespace {

[[noreturn]] void wrong(const std::string& sentence) {
    throw std::invalid_argument("registry.drogue." + sentence);
}

std::size_t count(const sdk::Settings& settings, const char* key) {
    return static_cast<std::size_t>(settings.integer(key));
}

void read_url(const sdk::Settings& settings, Options& options) {
    options.url = settings.text("url");
    const auto problem = http_client::base_url_problem(options.url, options.http.plain);
    if (!problem.empty()) wrong("url " + problem);
    while (options.url.ends_with('/')) options.url.pop_back();
}

void read_access(const sdk::Settings& settings, Options& options) {
    auto& access = options.credentials;
    access.user = settings.text("user");
    access.token = settings.text("token");
    access.read_token = [&settings] { return settings.text("token"); };
    access.oidc_url = settings.text("oidc.url");
    access.oidc_client = settings.text("oidc.client");
    access.oidc_secret = settings.text("oidc.secret");
    access.api = options.url;
    const auto problem = access.problem(options.http.plain);
    if (!problem.empty()) wrong(problem);
}

void read_http(const sdk::Settings& settings, Options& options) {
    auto& http = options.http;
    http.plain = settings.boolean("plain");
    http.ca_file = settings.text("tls.ca");
    http.certificate = settings.text("tls.certificate");
    http.key = settings.text("tls.key");
    http.verify = settings.boolean("tls.verify");
    http.connect_timeout = settings.duration("timeout.connect");
    http.timeout = settings.duration("timeout.request");
    http.body_max = count(settings, "answer.max");
    http.redirects_max = 0;
    http.idle_connections_max = options.writers + 4;
    options.pause_min = settings.duration("pause.min");
    options.pause_max = settings.duration("pause.max");
    if (options.pause_min > options.pause_max) wrong("pause.min is longer than pause.max");
}

void read_poll(const sdk::Settings& settings, Options& options) {
    options.applications = settings.list("applications");
    options.applications_max = count(settings, "applications.max");
    options.applications_idle = settings.duration("applications.idle");
    options.poll = settings.duration("poll");
    options.events_max = count(settings, "events.max");
    options.labels = settings.text("labels");
    options.limit = count(settings, "limit");
    for (const auto& name : options.applications) {
        if (!is_name(name)) wrong("applications has a name that none can have");
    }
    if (options.applications.size() > options.applications_max) {
        wrong("applications has more names than applications.max");
    }
}

void read_status(const sdk::Settings& settings, Options& options) {
    options.step = static_cast<int>(settings.integer("status.step"));
    options.settle = settings.duration("status.settle");
    options.interval = settings.duration("status.interval");
    options.interval_max = settings.duration("status.interval.max");
    options.turns = static_cast<int>(settings.integer("status.turns"));
    if (options.interval > options.interval_max) {
        wrong("status.interval is longer than status.interval.max");
    }
    options.statuses_max = count(settings, "status.max");
    options.writers = count(settings, "status.writers");
    options.tries = static_cast<int>(settings.integer("status.tries"));
    options.stop_timeout = settings.duration("timeout.stop");
}

}  // namespace

Options read_settings(const sdk::Settings& settings) {
    Options options;
    read_status(settings, options);
    read_http(settings, options);
    read_url(settings, options);
    read_access(settings, options);
    read_poll(settings, options);
    options.age = settings.duration("cache.age");
    options.missing_age = settings.duration("cache.missing");
    options.cache_bytes = count(settings, "cache.max");
    return options;
}

}  // namespace ajour::drogue_registry
