// SPDX-License-Identifier: Apache-2.0
#include "read_settings.hpp"

#include "http_client/base_url.hpp"
#include "read_allowance.hpp"
#include "read_options.hpp"
#include "read_radio.hpp"
#include "topic_name.hpp"

#include <charconv>
#include <stdexcept>
#include <utility>

namespace ajour::lorawan {
namespace {

void require(bool condition, const char* problem) {
    if (!condition) throw std::runtime_error(problem);
}

std::uint32_t number_of(const sdk::Settings& settings, std::string_view key) {
    return static_cast<std::uint32_t>(settings.integer(key));
}

NamePattern read_pattern(const sdk::Settings& settings, std::string_view key) {
    auto pattern = NamePattern::parse(settings.text(key));
    if (!pattern) throw std::runtime_error(std::string(key) + ": " + pattern.error().text);
    return std::move(*pattern);
}

std::uint32_t read_port(const std::string& text) {
    std::uint32_t port = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, port);
    require(read.ec == std::errc() && read.ptr == end && port >= 1 && port <= 223,
            "fports: expected numbers from 1 to 223");
    return port;
}

UplinkSettings read_uplinks(const sdk::Settings& settings) {
    UplinkSettings uplinks{read_pattern(settings, "name.application"),
                           read_pattern(settings, "name.device"),
                           {},
                           number_of(settings, "command.fport"),
                           lora::read_radio(settings, {})};
    for (const auto& port : settings.list("fports")) uplinks.ports.push_back(read_port(port));
    require(!uplinks.ports.empty(), "fports: expected at least one");
    return uplinks;
}

/// As topics have them, where The Things Stack takes no wildcard for its user's application.
std::vector<std::string> read_applications(const sdk::Settings& settings, bool is_chirpstack) {
    auto applications = settings.list("applications");
    for (const auto& name : applications) {
        require(mqtt_client::is_name(name), "applications: expected names without /, + and #");
    }
    if (!applications.empty()) return applications;
    const auto user = settings.text("user");
    if (is_chirpstack || user.empty()) return {"+"};
    require(mqtt_client::is_name(user), "user: expected an application, as app@tenant");
    return {user};
}

WebhookSettings read_webhook(const sdk::Settings& settings) {
    WebhookSettings webhook{settings.text("webhook.secret"), settings.text("webhook.id"),
                            settings.text("api")};
    const auto problem = http_client::base_url_problem(webhook.api, settings.boolean("plain"));
    if (!problem.empty()) throw std::runtime_error("api " + problem);
    while (webhook.api.ends_with('/')) webhook.api.pop_back();
    return webhook;
}

PosterSettings read_posters(const sdk::Settings& settings) {
    PosterSettings posters;
    posters.key = settings.text("api.key");
    posters.threads = static_cast<std::size_t>(settings.integer("api.threads"));
    posters.http.ca_file = settings.text("tls.ca");
    posters.http.timeout = settings.duration("api.timeout");
    posters.http.plain = settings.boolean("plain");
    posters.http.idle_connections_max = posters.threads;
    return posters;
}

}  // namespace

Settings read_settings(const sdk::Settings& settings) {
    const auto webhook = read_webhook(settings);
    const bool is_chirpstack = settings.text("network") == "chirpstack";
    require(webhook.is_used() == !webhook.api.empty(),
            "webhook.secret and api: one is set, expected both or none");
    require(!webhook.is_used() || !is_chirpstack,
            "webhook.secret: expected network = the_things_stack");
    require(!webhook.is_used() || !settings.text("api.key").empty(),
            "webhook.secret is set, expected api.key too");
    auto uplinks = read_uplinks(settings);
    auto allowance = lora::read_allowance(settings, {}, uplinks.radio.region);
    return {is_chirpstack,
            mqtt_client::read_options(settings),
            read_applications(settings, is_chirpstack),
            std::move(uplinks),
            allowance,
            webhook,
            read_posters(settings)};
}

}  // namespace ajour::lorawan
