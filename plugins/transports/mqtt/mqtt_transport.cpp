// SPDX-License-Identifier: Apache-2.0
#include "mqtt_transport.hpp"

#include "read_settings.hpp"

#include <string>
#include <utility>

namespace ajour::mqtt {
MqttTransport::MqttTransport(sdk::Host& host)
    : host_(host),
      options_(read_options(host.settings())),
      topics_(read_topics(host.settings())),
      metrics_(host),
      outlet_(options_, metrics_) {}

MqttTransport::~MqttTransport() {
    stop();
}

sdk::Result<void> MqttTransport::start(sdk::Inbox& inbox) {
    if (client_) return sdk::Error{sdk::ErrorKind::Internal, "started twice"};
    if (options_.broker.host.empty()) {
        host_.log(sdk::LogLevel::Info, "no broker is set (transport.mqtt.server), so it is idle");
        return {};
    }
    turns_ = std::make_unique<Turns>(Turns::Service{options_, topics_, metrics_, inbox, outlet_});
    auto client = mqtt_client::Client::start({options_, metrics_, host_, outlet_, *turns_});
    if (!client) return client.error();
    client_ = std::move(*client);
    warn();
    return {};
}

void MqttTransport::warn() const {
    const auto& broker = options_.broker;
    if (!broker.tls && !mqtt_client::is_loopback(broker.host)) {
        host_.log(sdk::LogLevel::Warning,
                  "the way to the broker " + broker.text() +
                      " is not encrypted (server = mqtt://): who is on it can speak as any device");
    }
    if (host_.settings().text("authentication") == "none") {
        host_.log(sdk::LogLevel::Warning,
                  "AUTHENTICATION IS OFF: whoever may publish at the broker " + broker.text() +
                      " can speak as any device (authentication = none)");
    }
}

void MqttTransport::stop() {
    client_.reset();
}

}  // namespace ajour::mqtt
