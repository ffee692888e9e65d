// SPDX-License-Identifier: Apache-2.0
#include "drogue_transport.hpp"

#include "http_delivery.hpp"
#include "mqtt_delivery.hpp"

#include <string>
#include <utility>

namespace ajour::drogue {
namespace {

/// How long a device waits whose commands end the connection.
constexpr std::chrono::minutes suspects_pause{10};

sdk::Error not_named(const std::string& integration, const std::string& setting) {
    return {sdk::ErrorKind::NotFound, "the cloud names no " + integration +
                                          " integration, expected transport.drogue." + setting};
}

}  // namespace

DrogueTransport::DrogueTransport(sdk::Host& host)
    : host_(host),
      settings_(read_settings(host.settings())),
      metrics_(host),
      http_(settings_.http),
      access_(settings_.access, http_),
      applications_(settings_.applications, settings_.excluded),
      api_(settings_.api, http_, access_),
      upkeep_({api_, access_, applications_, metrics_, host_, settings_.applications.empty(),
               settings_.list, settings_.excluded, settings_.refresh, finder()}),
      suspects_(suspects_pause),
      outlet_(settings_.connection, metrics_),
      connection_(settings_.connection),
      taps_settings_(settings_.taps) {}

std::function<sdk::Result<void>()> DrogueTransport::finder() {
    if (settings_.names_server()) return nullptr;
    return [this] { return find_server(); };
}

DrogueTransport::~DrogueTransport() {
    stop();
}

sdk::Result<void> DrogueTransport::start(sdk::Inbox& inbox) {
    if (statuses_) return sdk::Error{sdk::ErrorKind::Internal, "started twice"};
    if (!settings_.is_used()) {
        host_.log(sdk::LogLevel::Info, "no server is set (transport.drogue.server), so it is idle");
        return {};
    }
    delivery_ = make_delivery();
    airtime_ = std::make_shared<lora::Airtime>(
        lora::Airtime::Service{settings_.allowance, metrics_, host_,
                               [] { return std::chrono::steady_clock::now(); }, inbox});
    statuses_ = std::make_unique<Statuses>(
        Statuses::Service{settings_.statuses, metrics_, host_, *delivery_, inbox, airtime_});
    const std::lock_guard lock(mutex_);
    if (settings_.names_server()) return listen();
    host_.set_trouble("the cloud has not said yet where its integration is");
    return {};
}

sdk::Result<void> DrogueTransport::listen() {
    warn();
    return settings_.by_websocket ? start_taps() : start_feed();
}

sdk::Result<void> DrogueTransport::start_feed() {
    feed_ = std::make_unique<Feed>(Feed::Service{settings_.feed, applications_, access_, suspects_,
                                                 *statuses_, metrics_, host_});
    auto client = mqtt_client::Client::start({connection_, metrics_, host_, outlet_, *feed_});
    if (!client) return client.error();
    client_ = std::move(*client);
    return {};
}

sdk::Result<void> DrogueTransport::start_taps() {
    taps_ = std::make_unique<Taps>(
        Taps::Service{taps_settings_, applications_, access_, *statuses_, metrics_, host_});
    taps_->spawn();
    return {};
}

sdk::Result<void> DrogueTransport::find_server() {
    const auto found = api_.endpoints();
    const std::lock_guard lock(mutex_);
    if (stopped_) return {};
    auto taken = found ? take_place(*found) : found.error();
    if (!taken) host_.set_trouble("there is no way to the cloud: " + taken.error().text);
    return taken ? listen() : taken;
}

/// It says no more of MQTT than host and port; the way there is as safe as that to its API.
sdk::Result<void> DrogueTransport::take_place(const drogue_access::Endpoints& found) {
    const bool is_safe = settings_.api.starts_with("https://");
    if (!settings_.by_websocket) {
        if (found.mqtt_host.empty() || found.mqtt_port == 0) return not_named("MQTT", "server");
        connection_.broker = {found.mqtt_host, found.mqtt_port, is_safe};
        return {};
    }
    if (found.websocket_url.empty()) return not_named("WebSocket", "websocket.url");
    auto address = parse_websocket_address(found.websocket_url);
    if (!address) return address.error().in("reading what the cloud says");
    if (is_safe && !address->tls) {
        return sdk::Error{sdk::ErrorKind::Refused,
                          "the cloud names a WebSocket integration without TLS, expected wss://"};
    }
    taps_settings_.address = std::move(*address);
    return {};
}

std::unique_ptr<Delivery> DrogueTransport::make_delivery() {
    if (!settings_.posts_commands) {
        return std::make_unique<MqttDelivery>(
            MqttDelivery::Service{outlet_, suspects_, metrics_, settings_.command_bytes});
    }
    const auto& queue = settings_.connection.queue;
    posts_ = std::make_shared<PostQueue>(PostQueue::Bounds{queue.commands, queue.bytes},
                                         metrics_.commands_queued, metrics_.commands_dropped);
    posters_ = std::make_unique<Posters>(posts_, api_, metrics_, host_, settings_.posters);
    return std::make_unique<HttpDelivery>(
        HttpDelivery::Service{posts_, metrics_, settings_.command_bytes});
}

void DrogueTransport::warn() const {
    const auto& broker = connection_.broker;
    const auto& socket = taps_settings_.address;
    const auto& host = settings_.by_websocket ? socket.host : broker.host;
    const bool is_safe = settings_.by_websocket ? socket.tls : broker.tls;
    if (is_safe || mqtt_client::is_loopback(host)) return;
    host_.log(sdk::LogLevel::Warning, "the way to the cloud " + host +
                                          " is not encrypted (mqtt:// or ws://): who is on it can "
                                          "speak as any device");
}

void DrogueTransport::stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    if (airtime_) airtime_->end();
    client_.reset();
    taps_.reset();
    http_.stop();
    posters_.reset();
}

}  // namespace ajour::drogue
