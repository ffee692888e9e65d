// SPDX-License-Identifier: Apache-2.0
// The LoRaWAN transport as it is shipped, at a real broker that stands where a network server's is.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "support/broker.hpp"
#include "support/plugin_file.hpp"
#include "support/recording_inbox.hpp"
#include "support/test_host.hpp"
#include "support/uplink.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>

namespace ajour::integration {

using support::Broker;
using support::ChirpUplink;
using support::quoted;
using support::RecordingInbox;
using support::run_shell;
using support::ThingsUplink;

using Settings = std::map<std::string, std::string>;

inline bool await(const std::function<bool()>& condition) {
    return support::TestHost::await(condition);
}

struct LorawanServer {
    explicit LorawanServer(Settings settings,
                           RecordingInbox::Answer answer = RecordingInbox::command("command"))
        : inbox(std::move(answer)),
          host(plugin().settings, quick(std::move(settings))),
          transport(support::create<sdk::TransportPort>(plugin(), host)) {
        const auto started = transport->try_start(inbox);
        EXPECT_TRUE(started.ok()) << started.error().text;
    }
    ~LorawanServer() { transport->try_stop(); }

    static const ajour_plugin_descriptor& plugin() {
        static const auto& loaded = support::load_plugin("transport", "lorawan");
        return loaded;
    }
    static Settings quick(Settings settings) {
        settings.try_emplace("reconnect.min", "20ms");
        settings.try_emplace("reconnect.max", "200ms");
        return settings;
    }

    bool reaches(std::string_view metric, std::int64_t value) {
        return host.reaches(metric, value);
    }
    bool is_connected() { return reaches("connected", 1); }

    RecordingInbox inbox;
    support::TestHost host;
    std::unique_ptr<sdk::TransportPort> transport;
};

/// The network server's side: it publishes an uplink, and sees what downlink comes.
struct NetworkServer {
    const Broker& broker;

    std::string client(const std::string& program) const {
        return program + " -q 1 -h 127.0.0.1 -p " + std::to_string(broker.port()) + " ";
    }
    void publish(const std::string& topic, const std::string& text) const {
        const auto done =
            run_shell(client("mosquitto_pub") + "-t " + topic + " -m " + quoted(text));
        EXPECT_EQ(done.code, 0) << done.output;
    }
    std::string ask(const std::string& topic, const std::string& answer,
                    const std::string& text) const {
        return run_shell(client("mosquitto_rr") + "-N -W 60 -t " + topic + " -e " + answer +
                         " -m " + quoted(text))
            .output;
    }
    std::string ask(const ThingsUplink& uplink) const {
        const auto begin = "v3/" + uplink.application + "@acme/devices/" + uplink.device;
        return ask(begin + "/up", begin + "/down/replace", uplink.text());
    }
    std::string ask(const ChirpUplink& uplink) const {
        return ask(uplink.topic(), uplink.topic("command/down"), uplink.text());
    }
};

class LorawanTest : public testing::Test {
protected:
    void SetUp() override {
        if (!support::has_broker()) GTEST_SKIP() << "there is no mosquitto";
    }
};

}  // namespace ajour::integration
