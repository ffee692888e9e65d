// SPDX-License-Identifier: Apache-2.0
#include "lorawan_transport.hpp"

#include "chirpstack.hpp"
#include "mqtt_courier.hpp"
#include "post_queue.hpp"
#include "the_things_stack.hpp"

#include <chrono>
#include <utility>

namespace ajour::lorawan {
namespace {

std::shared_ptr<const Network> make_network(bool is_chirpstack) {
    if (is_chirpstack) return std::make_shared<ChirpStack>();
    return std::make_shared<TheThingsStack>();
}

}  // namespace

LorawanTransport::LorawanTransport(sdk::Host& host)
    : host_(host),
      settings_(read_settings(host.settings())),
      metrics_(host),
      outlet_(settings_.connection, metrics_),
      webhook_(settings_.webhook, metrics_) {}

LorawanTransport::~LorawanTransport() {
    stop();
}

sdk::Result<void> LorawanTransport::start(sdk::Inbox& inbox) {
    if (uplinks_) return sdk::Error{sdk::ErrorKind::Internal, "started twice"};
    if (!settings_.has_broker() && !settings_.webhook.is_used()) {
        host_.log(sdk::LogLevel::Info,
                  "no server and no webhook is set (transport.lorawan.server), so it is idle");
        return {};
    }
    downlinks_ = std::make_shared<Downlinks>(
        Downlinks::Service{make_network(settings_.is_chirpstack), settings_.allowance, metrics_,
                           host_, [] { return std::chrono::steady_clock::now(); }, inbox});
    uplinks_ = std::make_shared<Uplinks>(
        Uplinks::Service{settings_.uplinks, inbox, downlinks_, metrics_, host_});
    if (settings_.webhook.is_used()) start_webhook();
    return settings_.has_broker() ? start_feed() : sdk::Result<void>();
}

void LorawanTransport::start_webhook() {
    const auto& queue = settings_.connection.queue;
    auto posts = std::make_shared<PostQueue>(
        PostQueue::Bounds{queue.commands, queue.bytes},
        host_.gauge("posts_queued", "Commands that wait to be sent by HTTP."),
        metrics_.commands_dropped);
    posters_ = std::make_unique<Posters>(settings_.posters, posts, downlinks_, metrics_, host_);
    webhook_.start(uplinks_, posts);
}

sdk::Result<void> LorawanTransport::start_feed() {
    warn();
    feed_ = std::make_unique<Feed>(settings_.applications, *uplinks_, metrics_, host_,
                                   std::make_shared<MqttCourier>(outlet_.outbox()));
    auto client =
        mqtt_client::Client::start({settings_.connection, metrics_, host_, outlet_, *feed_});
    if (!client) return client.error();
    client_ = std::move(*client);
    return {};
}

void LorawanTransport::warn() const {
    const auto& broker = settings_.connection.broker;
    if (broker.tls || mqtt_client::is_loopback(broker.host)) return;
    host_.log(sdk::LogLevel::Warning, "the way to the network server " + broker.host +
                                          " is not encrypted (mqtt://): who is on it can speak as "
                                          "any device");
}

void LorawanTransport::stop() {
    webhook_.stop();
    client_.reset();
    if (downlinks_) downlinks_->end();
    posters_.reset();
}

}  // namespace ajour::lorawan
