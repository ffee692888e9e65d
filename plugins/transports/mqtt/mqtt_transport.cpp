// SPDX-License-Identifier: Apache-2.0
#include "mqtt_transport.hpp"

#include "read_settings.hpp"

#include <mosquitto.h>

#include <fstream>
#include <string>

namespace ajour::mqtt {
namespace {

/// A file that is not there is a mistake in the settings, and no fault of the broker's.
sdk::Result<void> check_files(const TlsFiles& files) {
    for (const auto* file : {&files.ca, &files.certificate, &files.key}) {
        if (file->empty() || std::ifstream(*file)) continue;
        return sdk::Error{sdk::ErrorKind::NotFound, "the TLS file " + *file + ": cannot be opened"};
    }
    return {};
}

}  // namespace

MqttTransport::MqttTransport(sdk::Host& host)
    : host_(host),
      options_(read_options(host.settings())),
      topics_(read_topics(host.settings())),
      metrics_(host) {}

MqttTransport::~MqttTransport() {
    stop();
}

sdk::Result<void> MqttTransport::start(sdk::Inbox& inbox) {
    if (client_) return sdk::Error{sdk::ErrorKind::Internal, "started twice"};
    if (options_.broker.host.empty()) {
        host_.log(sdk::LogLevel::Info, "no broker is set (transport.mqtt.server), so it is idle");
        return {};
    }
    if (auto checked = check_files(options_.tls); !checked) return checked;
    if (mosquitto_lib_init() != MOSQ_ERR_SUCCESS) {
        return sdk::Error{sdk::ErrorKind::Internal, "libmosquitto does not start"};
    }
    warn();
    client_ = std::make_unique<Client>(Service{options_, topics_, metrics_, inbox, host_});
    client_->spawn();
    return {};
}

void MqttTransport::warn() const {
    const auto& broker = options_.broker;
    if (!broker.tls && !is_loopback(broker.host)) {
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
    if (!client_) return;
    client_.reset();
    mosquitto_lib_cleanup();
}

}  // namespace ajour::mqtt
