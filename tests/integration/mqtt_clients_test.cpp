// SPDX-License-Identifier: Apache-2.0
// Statuses and commands of real clients, through a real broker.
#include "mqtt_server.hpp"

#include <ostream>

namespace ajour::integration {
namespace {

using sdk::Credential;

/// Version of the server, and of the device.
struct Versions {
    const char* server;
    const char* device;

    friend std::ostream& operator<<(std::ostream& out, const Versions& versions) {
        return out << "server " << versions.server << ", device " << versions.device;
    }
};

class MqttVersions : public MqttTest, public testing::WithParamInterface<Versions> {
protected:
    Settings settings(const Broker& broker) const {
        return {{"server", broker.url()}, {"version", GetParam().server}};
    }
    MqttDevice device(const Broker& broker) const {
        return {broker, std::string("-V ") + GetParam().device};
    }
};

INSTANTIATE_TEST_SUITE_P(All, MqttVersions,
                         testing::Values(Versions{"3.1.1", "mqttv311"}, Versions{"3.1.1", "5"},
                                         Versions{"5", "mqttv311"}, Versions{"5", "5"}),
                         [](const auto& chosen) {
                             const std::string server = chosen.param.server;
                             const std::string device = chosen.param.device;
                             return std::string(server == "5" ? "server_5" : "server_3") +
                                    (device == "5" ? "_device_5" : "_device_3");
                         });

TEST_P(MqttVersions, a_status_gets_its_command) {
    Broker broker;
    MqttServer server(settings(broker));
    ASSERT_TRUE(server.is_connected());
    EXPECT_EQ(device(broker).ask().output, "command\n");
    const auto message = server.inbox.messages().at(0);
    EXPECT_EQ(message.payload, "status");
    EXPECT_EQ(message.device, sdk::DeviceId("app", "dev"));
    EXPECT_EQ(message.sender, sdk::DeviceId("app", "dev"));
    EXPECT_EQ(message.kind, Credential::Kind::Trusted);
    EXPECT_EQ(message.peer, "");
}

TEST_P(MqttVersions, a_device_that_names_no_response_topic_gets_its_command_all_the_same) {
    Broker broker;
    MqttServer server(settings(broker));
    ASSERT_TRUE(server.is_connected());
    const auto asker = device(broker);
    asker.subscribe();
    asker.publish();
    EXPECT_EQ(asker.fetch(), "command");
}

TEST_P(MqttVersions, a_command_keeps_each_byte) {
    Broker broker;
    std::string bytes;
    for (int i = 0; i < 3000; ++i) bytes += static_cast<char>(i * 7);
    MqttServer server(settings(broker), RecordingInbox::command(bytes));
    ASSERT_TRUE(server.is_connected());
    EXPECT_EQ(device(broker).ask("-N -m x").output, bytes);
}

TEST_P(MqttVersions, a_retained_status_is_passed_over) {
    Broker broker;
    device(broker).publish("-r -m old");
    MqttServer server(settings(broker));
    ASSERT_TRUE(server.is_connected());
    EXPECT_EQ(device(broker).ask().output, "command\n");
    ASSERT_EQ(server.inbox.messages().size(), 1U);
    EXPECT_EQ(server.inbox.messages()[0].payload, "status");
    const bool is_sent = std::string(GetParam().server) == "3.1.1";  // MQTT 5 asks for none
    EXPECT_EQ(server.host.value("statuses_retained"), is_sent ? 1 : 0);
}

TEST_P(MqttVersions, a_command_is_not_retained) {
    Broker broker;
    MqttServer server(settings(broker));
    ASSERT_TRUE(server.is_connected());
    const auto asker = device(broker);
    EXPECT_EQ(asker.ask().output, "command\n");
    EXPECT_EQ(run_shell("mosquitto_sub -C 1 -W 1" + asker.at_broker() + "-t ajour/#").code, 27);
}

TEST_P(MqttVersions, quality_of_service_0_will_do) {
    Broker broker;
    auto chosen = settings(broker);
    chosen["qos"] = "0";
    MqttServer server(chosen);
    ASSERT_TRUE(server.is_connected());
    for (int i = 0; i < 3; ++i) EXPECT_EQ(device(broker).ask().output, "command\n");
    EXPECT_TRUE(server.reaches("commands", 3));
    EXPECT_TRUE(support::TestHost::await(
        [&] { return server.host.value("commands_unacknowledged") == 0; }));
}

using MqttClients = MqttTest;

TEST_F(MqttClients, a_response_topic_and_correlation_data_are_honoured) {
    Broker broker;
    MqttServer server({{"server", broker.url()}});
    ASSERT_TRUE(server.is_connected());
    const MqttDevice device{broker, "-V 5"};
    const auto answer =
        device.ask("-m status -D publish correlation-data turn-17 -F %t:%D:%p", "response/17");
    EXPECT_EQ(answer.output, "ajour/app/dev/response/17:turn-17:command\n");
    EXPECT_EQ(server.host.value("responses_refused"), 0);
}

TEST_F(MqttClients, correlation_data_comes_back_without_a_response_topic_too) {
    Broker broker;
    MqttServer server({{"server", broker.url()}});
    ASSERT_TRUE(server.is_connected());
    const MqttDevice device{broker, "-V 5"};
    device.subscribe();
    device.publish("-m status -D publish correlation-data turn-18");
    EXPECT_EQ(device.fetch("-F %D:%p"), "turn-18:command");
}

TEST_F(MqttClients, a_response_topic_of_somebody_else_is_not_honoured) {
    Broker broker;
    MqttServer server({{"server", broker.url()}});
    ASSERT_TRUE(server.is_connected());
    const MqttDevice device{broker, "-V 5"};
    device.subscribe();
    for (const auto* topic : {"ajour/app/dev-2/command/dfu", "ajour/app/dev/dfu", "ajour/status"}) {
        device.publish("-m status -D publish response-topic " + std::string(topic));
        EXPECT_EQ(device.fetch("-F %t:%p"), "ajour/app/dev/command/dfu:command");
    }
    EXPECT_EQ(server.host.value("responses_refused"), 3);
    EXPECT_EQ(server.inbox.messages().size(), 3U) << "an answer came back as a status";
}

TEST_F(MqttClients, a_gateway_is_named_as_the_sender) {
    Broker broker;
    MqttServer server({{"server", broker.url()}});
    ASSERT_TRUE(server.is_connected());
    EXPECT_EQ((MqttDevice{broker, "-V 5", "ajour/app/gateway/as/dev"}.ask().output), "command\n");
    const auto message = server.inbox.messages().at(0);
    EXPECT_EQ(message.device, sdk::DeviceId("app", "dev"));
    EXPECT_EQ(message.sender, sdk::DeviceId("app", "gateway"));
}

TEST_F(MqttClients, other_topics_can_be_set) {
    Broker broker;
    MqttServer server({{"server", broker.url()},
                       {"topic.status", "up/{device}/{application}"},
                       {"topic.command", "down/{device}/{application}"},
                       {"gateways", "false"}});
    ASSERT_TRUE(server.is_connected());
    const MqttDevice device{broker};
    EXPECT_EQ(
        run_shell("mosquitto_rr -W 60" + device.at_broker() + "-t up/dev/app -e down/dev/app -m x")
            .output,
        "command\n");
    EXPECT_EQ(server.inbox.messages().at(0).device, sdk::DeviceId("app", "dev"));
}

TEST_F(MqttClients, a_refused_status_gets_no_answer) {
    Broker broker;
    MqttServer server({{"server", broker.url()}}, RecordingInbox::refusal(sdk::ErrorKind::Refused));
    ASSERT_TRUE(server.is_connected());
    EXPECT_EQ(MqttDevice{broker}.ask("-m status -W 1").code, 27);
    MqttDevice{broker}.publish();
    EXPECT_TRUE(server.reaches("refusals", 1));
    EXPECT_EQ(server.host.value("commands"), 0);
}

TEST_F(MqttClients, what_is_no_status_is_counted_and_passed_over) {
    Broker broker;
    MqttServer server({{"server", broker.url()}, {"version", "3.1.1"}, {"packet.max", "1KiB"}});
    ASSERT_TRUE(server.is_connected());
    const MqttDevice device{broker};
    const auto large = broker.directory().write("large", std::string(1025, 'x'));
    device.publish("-n");
    device.publish("-f " + large.string());
    MqttDevice{broker, "-V mqttv311", "ajour//dev"}.publish();
    MqttDevice{broker, "-V mqttv311", "ajour/" + std::string(256, 'x') + "/dev"}.publish();
    EXPECT_TRUE(server.reaches("statuses_malformed", 4));
    EXPECT_EQ(device.ask().output, "command\n");
    EXPECT_EQ(server.inbox.messages().size(), 1U);
}

TEST_F(MqttClients, an_mqtt_5_broker_is_told_the_largest_packet) {
    Broker broker;
    MqttServer server({{"server", broker.url()}, {"packet.max", "1KiB"}});
    ASSERT_TRUE(server.is_connected());
    const auto large = broker.directory().write("large", std::string(5000, 'x'));
    const MqttDevice device{broker};
    device.publish("-f " + large.string());
    EXPECT_EQ(device.ask().output, "command\n");
    EXPECT_EQ(server.host.value("statuses"), 1) << "the broker kept the large one back";
}

TEST_F(MqttClients, the_room_for_a_command_is_what_a_packet_leaves) {
    Broker broker(std::string(Broker::usual) + "allow_anonymous true\nmax_packet_size 2000\n");
    MqttServer server({{"server", broker.url()}},
                      [](const sdk::Message& message, sdk::Reply& reply) {
                          reply.send(sdk::Bytes(message.room, 'x'));
                      });
    ASSERT_TRUE(server.is_connected());
    const auto answer = MqttDevice{broker}.ask("-N -m x").output;
    EXPECT_LT(answer.size(), 2000U);
    EXPECT_GT(answer.size(), 1900U);
    EXPECT_EQ(answer.size(), server.inbox.messages().at(0).room);
}

TEST_F(MqttClients, replicas_of_a_group_share_the_statuses) {
    Broker broker;
    const Settings settings{{"server", broker.url()}, {"group", "servers"}};
    MqttServer one(settings);
    MqttServer two(settings);
    ASSERT_TRUE(one.is_connected() && two.is_connected());
    for (int i = 0; i < 10; ++i) EXPECT_EQ(MqttDevice{broker}.ask().output, "command\n");
    EXPECT_EQ(one.host.value("statuses") + two.host.value("statuses"), 10);
    EXPECT_GT(one.host.value("statuses"), 0);
    EXPECT_GT(two.host.value("statuses"), 0);
}

}  // namespace
}  // namespace ajour::integration
