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

}  // namespace

DrogueTransport::DrogueTransport(sdk::Host& host)
    : host_(host),
      settings_(read_settings(host.settings())),
      metrics_(host),
      access_(settings_.access),
      applications_(settings_.applications, settings_.excluded),
      api_(settings_.api, settings_.http, access_),
      upkeep_({api_, access_, applications_, metrics_, host_, settings_.applications.empty(),
               settings_.applications_max, settings_.refresh}),
      suspects_(suspects_pause),
      outlet_(settings_.connection, metrics_) {}

DrogueTransport::~DrogueTransport() {
    stop();
}

sdk::Result<void> DrogueTransport::start(sdk::Inbox& inbox) {
    if (statuses_) return sdk::Error{sdk::ErrorKind::Internal, "started twice"};
    if (!settings_.is_used()) {
        host_.log(sdk::LogLevel::Info, "no server is set (transport.drogue.server), so it is idle");
        return {};
    }
    delivery_ = make_delivery(inbox);
    statuses_ = std::make_unique<Statuses>(settings_.statuses, metrics_, host_, *delivery_);
    warn();
    return settings_.by_websocket ? start_taps() : start_feed();
}

sdk::Result<void> DrogueTransport::start_feed() {
    feed_ = std::make_unique<Feed>(Feed::Service{settings_.feed, applications_, access_, suspects_,
                                                 *statuses_, metrics_, host_});
    auto client =
        mqtt_client::Client::start({settings_.connection, metrics_, host_, outlet_, *feed_});
    if (!client) return client.error();
    client_ = std::move(*client);
    return {};
}

sdk::Result<void> DrogueTransport::start_taps() {
    taps_ = std::make_unique<Taps>(
        Taps::Service{settings_.taps, applications_, access_, *statuses_, metrics_, host_});
    taps_->spawn();
    return {};
}

std::unique_ptr<Delivery> DrogueTransport::make_delivery(sdk::Inbox& inbox) {
    if (!settings_.posts_commands) {
        return std::make_unique<MqttDelivery>(
            MqttDelivery::Service{inbox, outlet_, suspects_, metrics_, settings_.command_bytes});
    }
    const auto& queue = settings_.connection.queue;
    posts_ = std::make_shared<PostQueue>(PostQueue::Bounds{queue.commands, queue.bytes},
                                         metrics_.commands_queued, metrics_.commands_dropped);
    posters_ = std::make_unique<Posters>(posts_, api_, metrics_, host_, settings_.posters);
    return std::make_unique<HttpDelivery>(
        HttpDelivery::Service{inbox, posts_, metrics_, settings_.command_bytes});
}

void DrogueTransport::warn() const {
    const auto& broker = settings_.connection.broker;
    const auto& socket = settings_.taps.address;
    const auto& host = settings_.by_websocket ? socket.host : broker.host;
    const bool is_safe = settings_.by_websocket ? socket.tls : broker.tls;
    if (is_safe || mqtt_client::is_loopback(host)) return;
    host_.log(sdk::LogLevel::Warning, "the way to the cloud " + host +
                                          " is not encrypted (mqtt:// or ws://): who is on it can "
                                          "speak as any device");
}

void DrogueTransport::stop() {
    client_.reset();
    taps_.reset();
    api_.stop();
    posters_.reset();
}

}  // namespace ajour::drogue
