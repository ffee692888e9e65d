// SPDX-License-Identifier: Apache-2.0
#include "read_settings.hpp"

#include "http_client/client.hpp"
#include "http_client/message.hpp"

#include <algorithm>
#include <stdexcept>

namespace ajour::hawkbit {

namespace {

[[noreturn]] void wrong(const std::string& key, const std::string& text) {
    throw std::invalid_argument("source.hawkbit." + key + " " + text);
}

std::chrono::seconds seconds(const sdk::Settings& settings, const char* key) {
    return std::chrono::ceil<std::chrono::seconds>(settings.duration(key));
}

void check_url(const Connection& connection, const std::string& key) {
    const auto origin = http_client::origin_of(connection.url);
    if (origin.empty() || connection.url.find_first_of("?#@ ") != std::string::npos) {
        wrong(key, "is no URL of https://HOST or http://HOST, without user, query and fragment");
    }
    if (origin.starts_with("http:") && !connection.plain) {
        wrong(key, "begins with http://, which plain = true would allow");
    }
}

void check_tenant(const Connection& connection, const std::string& key) {
    const auto& tenant = connection.tenant;
    const bool right = !tenant.empty() && tenant.size() <= 40 &&
                       std::all_of(tenant.begin(), tenant.end(), [](char c) {
                           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                                  (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == '.';
                       });
    if (!right || tenant.front() == '.') wrong(key, "is no 1 to 40 of A-Z a-z 0-9 _ - .");
}

void check_token(const Connection& connection, const std::string& key) {
    const bool right = !connection.token.empty() && connection.token.size() <= 1024 &&
                       std::all_of(connection.token.begin(), connection.token.end(),
                                   [](char c) { return c >= 0x20 && c < 0x7f; });
    if (!right) wrong(key, "is not there, or is no printable ASCII text of at most 1024 bytes");
}

/// `prefix` is "" or "connection.NAME.".
Connection read_connection(const sdk::Settings& settings, std::string name,
                           const std::string& prefix) {
    Connection connection;
    connection.name = std::move(name);
    connection.url = settings.text(prefix + "url");
    while (connection.url.ends_with('/')) connection.url.pop_back();
    connection.tenant = settings.text(prefix + "tenant");
    connection.token = settings.text(prefix + "token");
    connection.ca = settings.text(prefix + "ca");
    connection.plain = settings.boolean(prefix + "plain");
    check_url(connection, prefix + "url");
    check_tenant(connection, prefix + "tenant");
    check_token(connection, prefix + "token");
    return connection;
}

void read_connections(const sdk::Settings& settings, Options& options) {
    for (const auto& name : settings.names("connection")) {
        const auto prefix = "connection." + name + ".";
        options.connections.push_back(read_connection(settings, name, prefix));
        options.connections.back().applications = settings.list(prefix + "applications");
    }
    if (!settings.text("url").empty()) {
        options.connections.push_back(read_connection(settings, "", ""));
    } else if (!settings.text("token").empty()) {
        wrong("token", "is given, but source.hawkbit.url is not");
    }
}

Confirmation confirmation_of(const std::string& word) {
    if (word == "confirm") return Confirmation::Confirm;
    if (word == "deny") return Confirmation::Deny;
    return word == "auto" ? Confirmation::Auto : Confirmation::Ask;
}

void read_rule(const sdk::Settings& settings, Rule& rule) {
    rule.part = settings.text("part");
    rule.artifact = settings.text("artifact");
    rule.exactly_one = settings.text("match") == "one";
    rule.version_from =
        settings.text("version") == "metadata" ? VersionFrom::Metadata : VersionFrom::Module;
    rule.version_key = settings.text("version.key");
    if (rule.artifact.empty()) wrong("artifact", "is empty, expected a name or a pattern");
}

void read_polling(const sdk::Settings& settings, Options& options) {
    options.poll_min = seconds(settings, "poll.min");
    options.poll_max = seconds(settings, "poll.max");
    options.poll_active = seconds(settings, "poll.active");
    options.poll_jitter = static_cast<int>(settings.integer("poll.jitter"));
    options.polls_max = static_cast<std::size_t>(settings.integer("polls.max"));
    options.fresh = seconds(settings, "fresh");
    options.requests_per_second = static_cast<double>(settings.integer("requests.per_second"));
    options.writes_per_second = static_cast<double>(settings.integer("writes.per_second"));
    if (options.poll_min > options.poll_max) wrong("poll.min", "is longer than poll.max");
}

void read_feedback(const sdk::Settings& settings, Options& options) {
    options.budget.step = static_cast<int>(settings.integer("feedback.step"));
    options.budget.interval = seconds(settings, "feedback.interval").count();
    options.budget.rows = static_cast<int>(settings.integer("feedback.rows"));
    options.outbox_max = static_cast<std::size_t>(settings.integer("outbox.max"));
    options.deadline = seconds(settings, "deadline");
    options.fetch_tries = static_cast<int>(settings.integer("fetch.tries"));
}

void read_bounds(const sdk::Settings& settings, Options& options) {
    options.controllers_max = static_cast<std::size_t>(settings.integer("controllers.max"));
    options.controllers_idle = seconds(settings, "controllers.idle");
    options.answer_max = static_cast<std::size_t>(settings.integer("answer.max"));
    options.connect_timeout = settings.duration("timeout.connect");
    options.request_timeout = settings.duration("timeout.request");
    options.stall = seconds(settings, "timeout.stall");
}

}  // namespace

Options read_settings(const sdk::Settings& settings) {
    Options options;
    read_connections(settings, options);
    options.controller_pattern = settings.text("controller");
    read_rule(settings, options.rule);
    options.confirmation = confirmation_of(settings.text("confirmation"));
    options.attributes = settings.boolean("attributes");
    options.installed_name = settings.text("installed");
    read_polling(settings, options);
    read_feedback(settings, options);
    read_bounds(settings, options);
    return options;
}

}  // namespace ajour::hawkbit
