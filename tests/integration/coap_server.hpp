// SPDX-License-Identifier: Apache-2.0
// The CoAP transport as it is shipped, listening on a free port of 127.0.0.1.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "support/plugin_file.hpp"
#include "support/recording_inbox.hpp"
#include "support/shell.hpp"
#include "support/temp_directory.hpp"
#include "support/test_host.hpp"
#include "support/udp_client.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <thread>

namespace ajour::integration {

using support::coap_block;
using support::coap_status;
using support::CoapMessage;
using support::RecordingInbox;
using support::UdpClient;
namespace names = support::coap_option;

using Settings = std::map<std::string, std::string>;

/// The handle of one answer, on its way from the transport's thread to the test's.
class HeldReply {
public:
    RecordingInbox::Answer keep() {
        return [this](const sdk::Message&, sdk::Reply& reply) { kept_.set_value(reply.later()); };
    }
    /// Waits for it; null when it does not come.
    std::unique_ptr<sdk::Reply> take() {
        auto kept = kept_.get_future();
        const bool came = kept.wait_for(std::chrono::seconds(5)) == std::future_status::ready;
        return came ? kept.get() : nullptr;
    }

private:
    std::promise<std::unique_ptr<sdk::Reply>> kept_;
};

struct CoapServer {
    explicit CoapServer(Settings settings = {},
                        RecordingInbox::Answer answer = RecordingInbox::command("command"))
        : inbox(std::move(answer)),
          host(plugin().settings, on_loopback(std::move(settings))),
          transport(support::create<sdk::TransportPort>(plugin(), host)) {
        const auto started = transport->try_start(inbox);
        EXPECT_TRUE(started.ok()) << started.error().text;
    }
    ~CoapServer() { transport->try_stop(); }

    static const ajour_plugin_descriptor& plugin() {
        static const auto& loaded = support::load_plugin("transport", "coap");
        return loaded;
    }
    static Settings on_loopback(Settings settings) {
        settings.try_emplace("address", "127.0.0.1");
        settings.try_emplace("port", "0");
        return settings;
    }

    std::uint16_t port(const std::string& file = "port") const {
        return static_cast<std::uint16_t>(
            std::stoul(support::content_of(host.state_directory() / file)));
    }
    std::string url(const std::string& rest, const std::string& ip = "127.0.0.1") const {
        return "coap://" + ip + ":" + std::to_string(port()) + rest;
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

}  // namespace ajour::integration
