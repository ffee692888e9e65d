// SPDX-License-Identifier: Apache-2.0
// The MQTT transport as it is shipped, at a real broker, and devices made of mosquitto's clients.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "support/broker.hpp"
#include "support/plugin_file.hpp"
#include "support/recording_inbox.hpp"
#include "support/test_host.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace ajour::integration {

using support::Broker;
using support::RecordingInbox;
using support::run_shell;

using Settings = std::map<std::string, std::string>;

struct MqttServer {
    explicit MqttServer(Settings settings,
                        RecordingInbox::Answer answer = RecordingInbox::command("command"))
        : inbox(std::move(answer)),
          host(plugin().settings, quick(std::move(settings))),
          transport(support::create<sdk::TransportPort>(plugin(), host)) {
        const auto started = transport->try_start(inbox);
        EXPECT_TRUE(started.ok()) << started.error().text;
    }
    ~MqttServer() { transport->try_stop(); }

    static const ajour_plugin_descriptor& plugin() {
        static const auto& loaded = support::load_plugin("transport", "mqtt");
        return loaded;
    }
    static Settings quick(Settings settings) {
        settings.try_emplace("reconnect.min", "20ms");
        settings.try_emplace("reconnect.max", "200ms");
        return settings;
    }

    /// Waits for a metric to reach a value.
    bool reaches(std::string_view metric, std::int64_t value) {
        return host.reaches(metric, value);
    }
    bool is_connected() { return reaches("connected", 1); }

    RecordingInbox inbox;
    support::TestHost host;
    std::unique_ptr<sdk::TransportPort> transport;
};

/// Keeps what is to be answered until the test does it, from its own thread.
class LateReplies {
public:
    RecordingInbox::Answer keep() {
        return [this](const sdk::Message&, sdk::Reply& reply) {
            const std::lock_guard lock(mutex_);
            replies_.push_back(reply.later());
        };
    }
    bool reach(std::size_t count) {
        return support::TestHost::await([&] { return size() >= count; }) && size() == count;
    }
    /// Sends a command to the next `count` of them.
    void send(std::size_t count) {
        const std::lock_guard lock(mutex_);
        while (count-- > 0) replies_.at(next_++)->send(sdk::bytes_of("late"));
    }

private:
    std::size_t size() const {
        const std::lock_guard lock(mutex_);
        return replies_.size();
    }

    mutable std::mutex mutex_;  // guards all below
    std::vector<std::unique_ptr<sdk::Reply>> replies_;
    std::size_t next_ = 0;
};

/// A device: one of mosquitto's clients each time that it speaks.
struct MqttDevice {
    const Broker& broker;
    std::string options{"-V mqttv311"};  ///< of each client: version, user, certificates
    std::string branch{"ajour/app/dev"};

    std::string at_broker() const {
        return " -h 127.0.0.1 -p " + std::to_string(broker.port()) + " " + options + " ";
    }

    /// One status, and what comes to the topic; an MQTT 5 client also says that it wants its answer
    /// there. Where none is to come, `more` ends with a shorter wait.
    support::ShellResult ask(const std::string& more = "-m status",
                             const std::string& topic = "command/dfu") const {
        return run_shell("mosquitto_rr -W 60 -q 1" + at_broker() + "-t " + branch + "/dfu -e " +
                         branch + "/" + topic + " " + more);
    }
    void publish(const std::string& more = "-m status", const std::string& topic = "dfu") const {
        const auto done = run_shell("mosquitto_pub -q 1" + at_broker() + "-t " + branch + "/" +
                                    topic + " " + more);
        EXPECT_EQ(done.code, 0) << done.output;
    }

    /// From now on the broker keeps what comes to a topic for `fetch`.
    void subscribe(const std::string& topic = "command/dfu") const {
        const auto done = run_shell("mosquitto_sub -E" + session() + "-t " + branch + "/" + topic);
        EXPECT_EQ(done.code, 0) << done.output;
    }
    std::string fetch(const std::string& more = "",
                      const std::string& topic = "command/dfu") const {
        return run_shell("mosquitto_sub -C 1 -W 60 -N" + session() + "-t " + branch + "/" + topic +
                         " " + more)
            .output;
    }

private:
    std::string session() const {
        const bool is_version_5 = options.find("-V 5") != std::string::npos;
        return " -q 1 -c -i listener" + std::string(is_version_5 ? " -x 60" : "") + at_broker();
    }
};

class MqttTest : public testing::Test {
protected:
    void SetUp() override {
        if (!support::has_broker()) GTEST_SKIP() << "there is no mosquitto";
    }
};

}  // namespace ajour::integration
