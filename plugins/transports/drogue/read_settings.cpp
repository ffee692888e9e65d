// SPDX-License-Identifier: Apache-2.0
#include "read_settings.hpp"

#include "read_allowance.hpp"
#include "read_options.hpp"
#include "read_radio.hpp"
#include "topic_name.hpp"

#include <charconv>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace ajour::drogue {
namespace {

void require(bool condition, const char* sentence) {
    if (!condition) throw std::runtime_error(sentence);
}

bool is_port(std::string_view text) noexcept {
    std::uint8_t number = 0;
    const auto* end = text.data() + text.size();
    const auto [at, code] = std::from_chars(text.data(), end, number);
    return code == std::errc() && at == end && number > 0 && number < 224 && text.front() != '0';
}

RouteSettings read_routes(const sdk::Settings& settings) {
    RouteSettings routes;
    routes.channels = settings.list("channels");
    routes.lora_sender = settings.text("lora.sender");
    if (routes.lora_sender == "none") routes.lora_sender.clear();  // a default cannot be set to ""
    routes.lora_ports = settings.list("lora.fports");
    if (const auto port = settings.integer("lora.command.fport"); port != 0) {
        routes.lora_command_port = std::to_string(port);
    }
    for (const auto& channel : routes.channels) {
        require(mqtt_client::is_name(channel), "channels: expected names without /, + and #");
    }
    for (const auto& port : routes.lora_ports) {
        require(is_port(port), "lora.fports: expected numbers from 1 to 223");
    }
    return routes;
}

Statuses::Rules read_rules(const sdk::Settings& settings) {
    return {read_routes(settings),
            {settings.duration("stale.after"), settings.duration("stale.skew")},
            static_cast<std::size_t>(settings.integer("packet.max")),
            lora::read_radio(settings, "lora.")};
}

std::string without_slash(std::string url) {
    while (url.ends_with('/')) url.pop_back();
    return url;
}

drogue_access::Credentials read_access(const sdk::Settings& settings) {
    drogue_access::Credentials access{settings.text("user"),
                                      settings.text("token"),
                                      settings.text("oidc.url"),
                                      settings.text("oidc.client"),
                                      settings.text("oidc.secret"),
                                      [&settings] { return settings.text("token"); },
                                      without_slash(settings.text("api"))};
    const auto problem = access.problem(settings.boolean("plain"));
    if (!problem.empty()) throw std::runtime_error(problem);
    return access;
}

FeedSettings read_feed(const sdk::Settings& settings) {
    FeedSettings feed{settings.text("group"), settings.text("content_mode") == "binary",
                      settings.text("version") == "5", settings.duration("subscribe.retry")};
    require(feed.group.empty() || mqtt_client::is_name(feed.group),
            "group: expected a name without /, + and #");
    require(!feed.binary || feed.speaks_version_5, "content_mode = binary: expected version = 5");
    return feed;
}

/// The cloud can leave out other channels when there is but one that counts.
std::string only_channel(const RouteSettings& routes) {
    const bool is_one = routes.channels.size() == 1 && routes.lora_sender.empty();
    return is_one ? routes.channels.front() : std::string();
}

TapSettings read_taps(const sdk::Settings& settings, const Settings& read) {
    TapSettings taps;
    if (const auto url = settings.text("websocket.url"); !url.empty()) {
        auto address = parse_websocket_address(url);
        if (!address) throw std::runtime_error(address.error().text);
        taps.address = std::move(*address);
    }
    taps.ca_file = settings.text("tls.ca");
    taps.channel = only_channel(read.statuses.routes);
    taps.group = read.feed.group;
    taps.most = static_cast<std::size_t>(settings.integer("websocket.max"));
    taps.event_bytes = read.statuses.event_bytes;
    taps.connect = read.connection.connect;
    taps.least_delay = read.connection.least_delay;
    taps.most_delay = read.connection.most_delay;
    return taps;
}

http_client::Options read_http(const sdk::Settings& settings, const Settings& read) {
    http_client::Options http;
    http.ca_file = settings.text("tls.ca");
    http.timeout = settings.duration("api.timeout");
    http.body_max = static_cast<std::size_t>(settings.integer("api.answer.max"));
    http.plain = settings.boolean("plain");
    http.idle_connections_max = read.posters + 1;
    return http;
}

void read_applications(const sdk::Settings& settings, Settings& read) {
    read.applications = settings.list("applications");
    read.excluded = settings.list("applications.excluded");
    read.list.page = static_cast<std::size_t>(settings.integer("applications.limit"));
    read.list.most = static_cast<std::size_t>(settings.integer("applications.max"));
    read.refresh = settings.duration("applications.refresh");
    for (const auto& name : read.applications) {
        require(mqtt_client::is_name(name), "applications: expected names without /, + and #");
    }
}

}  // namespace

Settings read_settings(const sdk::Settings& settings) {
    Settings read;
    read.connection = mqtt_client::read_options(settings, "token");
    read.access = read_access(settings);
    read.feed = read_feed(settings);
    read.statuses = read_rules(settings);
    read.allowance = lora::read_allowance(settings, "lora.", read.statuses.radio.region);
    read.api = without_slash(settings.text("api"));
    read_applications(settings, read);
    read.posts_commands = settings.text("commands") == "http";
    read.posters = static_cast<std::size_t>(settings.integer("commands.threads"));
    read.command_bytes = static_cast<std::uint32_t>(settings.integer("command.max"));
    read.http = read_http(settings, read);
    read.by_websocket = settings.text("input") == "websocket";
    read.taps = read_taps(settings, read);
    require(!read.by_websocket || read.posts_commands,
            "input = websocket: expected commands = http");
    require(!read.is_used() || !read.applications.empty() || !read.api.empty(),
            "applications: expected names, or api to list them");
    require(!read.posts_commands || !read.api.empty(), "commands = http: expected api");
    return read;
}

}  // namespace ajour::drogue
