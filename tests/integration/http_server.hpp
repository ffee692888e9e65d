// SPDX-License-Identifier: Apache-2.0
// The HTTP transport as it is shipped, listening on a free port of 127.0.0.1.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "support/loopback_client.hpp"
#include "support/plugin_file.hpp"
#include "support/recording_inbox.hpp"
#include "support/temp_directory.hpp"
#include "support/test_host.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <thread>

namespace ajour::integration {

using support::body_of;
using support::LoopbackClient;
using support::RecordingInbox;
using support::status_of;

using Settings = std::map<std::string, std::string>;

inline Settings on_loopback(Settings settings) {
    settings.try_emplace("address", "127.0.0.1");
    settings.try_emplace("port", "0");
    return settings;
}

struct HttpServer {
    explicit HttpServer(Settings settings = {},
                        RecordingInbox::Answer answer = RecordingInbox::command("command"))
        : inbox(std::move(answer)),
          host(plugin().settings, on_loopback(std::move(settings))),
          transport(support::create<sdk::TransportPort>(plugin(), host)) {
        const auto started = transport->try_start(inbox);
        EXPECT_TRUE(started.ok()) << started.error().text;
    }
    ~HttpServer() { transport->try_stop(); }

    static const ajour_plugin_descriptor& plugin() {
        static const auto& loaded = support::load_plugin("transport", "http");
        return loaded;
    }

    std::uint16_t port() const {
        return static_cast<std::uint16_t>(
            std::stoul(support::content_of(host.state_directory() / "port")));
    }
    LoopbackClient connect() const { return LoopbackClient(port()); }

    /// One request on a connection of its own.
    std::string ask(std::string_view request) const {
        auto client = connect();
        client.send(request);
        return client.answer();
    }

    /// Waits for a metric to reach a value.
    bool reaches(std::string_view metric, std::int64_t value) {
        for (int i = 0; i < 500 && host.value(metric) != value; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return host.value(metric) == value;
    }

    RecordingInbox inbox;
    support::TestHost host;
    std::unique_ptr<sdk::TransportPort> transport;
};

constexpr std::string_view dev_app_pw = "Authorization: Basic ZGV2QGFwcDpwdw==\r\n";

/// A status of device dev@app with password pw, in the order of fields of the embedded clients.
inline std::string status_request(std::string_view body = "status",
                                  std::string_view query = "?ct=30",
                                  std::string_view fields = dev_app_pw) {
    return "POST /v1/dfu" + std::string(query) + " HTTP/1.1\r\n" + std::string(fields) +
           "Host: localhost\r\nContent-Type: application/cbor\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace ajour::integration
