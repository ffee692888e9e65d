// SPDX-License-Identifier: Apache-2.0
// The Drogue transport as it is shipped, at a real broker that stands where the cloud's MQTT
// integration is, and events that mosquitto's clients publish there.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "support/broker.hpp"
#include "support/cloud_event.hpp"
#include "support/plugin_file.hpp"
#include "support/recording_inbox.hpp"
#include "support/test_host.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>

namespace ajour::integration {

using support::Broker;
using support::EventText;
using support::quoted;
using support::RecordingInbox;
using support::run_shell;

using Settings = std::map<std::string, std::string>;

inline bool await(const std::function<bool()>& condition) {
    return support::TestHost::await(condition);
}

struct DrogueServer {
    explicit DrogueServer(Settings settings,
                          RecordingInbox::Answer answer = RecordingInbox::command("command"))
        : inbox(std::move(answer)),
          host(plugin().settings, quick(std::move(settings))),
          transport(support::create<sdk::TransportPort>(plugin(), host)) {
        const auto started = transport->try_start(inbox);
        EXPECT_TRUE(started.ok()) << started.error().text;
    }
    ~DrogueServer() { transport->try_stop(); }

    static const ajour_plugin_descriptor& plugin() {
        static const auto& loaded = support::load_plugin("transport", "drogue");
        return loaded;
    }
    static Settings quick(Settings settings) {
        settings.try_emplace("reconnect.min", "20ms");
        settings.try_emplace("reconnect.max", "200ms");
        settings.try_emplace("plain", "true");
        return settings;
    }

    /// What the host has done from time to time.
    sdk::Result<void> tend() { return transport->periodic()->try_tend(); }
    bool reaches(std::string_view metric, std::int64_t value) {
        return host.reaches(metric, value);
    }
    bool is_connected() { return reaches("connected", 1); }

    RecordingInbox inbox;
    support::TestHost host;
    std::unique_ptr<sdk::TransportPort> transport;
};

/// The cloud's side: it publishes an event, and sees what command comes.
struct Cloud {
    const Broker& broker;
    std::string options{"-V 5"};

    std::string client(const std::string& program) const {
        return program + " -q 1 -h 127.0.0.1 -p " + std::to_string(broker.port()) + " " + options +
               " ";
    }
    void publish(const std::string& payload, const std::string& application = "app") const {
        const auto done =
            run_shell(client("mosquitto_pub") + "-t app/" + application + " -m " + quoted(payload));
        EXPECT_EQ(done.code, 0) << done.output;
    }
    /// An event, and the command that comes within that many seconds.
    std::string ask(const EventText& event, const std::string& command = "dfu",
                    int seconds = 60) const {
        return run_shell(client("mosquitto_rr") + "-N -W " + std::to_string(seconds) + " -t app/" +
                         event.application + " -e command/" + event.application + "/" +
                         event.device + "/" + command + " -m " + quoted(event.text()))
            .output;
    }
    /// Asks until there is an answer, as a device does that nobody listens to yet.
    bool gets_command(const EventText& event) const {
        return support::TestHost::await([&] { return ask(event, "dfu", 3) == "command"; });
    }
};

class DrogueTest : public testing::Test {
protected:
    void SetUp() override {
        if (!support::has_broker()) GTEST_SKIP() << "there is no mosquitto";
    }
};

}  // namespace ajour::integration
