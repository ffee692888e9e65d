// SPDX-License-Identifier: Apache-2.0
// Events in and commands out, by both versions of MQTT and in both modes.
#include "drogue_server.hpp"
#include "support/cutting_proxy.hpp"

namespace ajour::integration {
namespace {

using std::chrono::minutes;

using DrogueEvents = DrogueTest;

Settings at(const Broker& broker, Settings more = {}) {
    more.try_emplace("server", broker.url());
    more.try_emplace("applications", "app");
    return more;
}

TEST_F(DrogueEvents, are_answered_by_both_versions) {
    for (const auto* version : {"3.1.1", "5"}) {
        Broker broker;
        DrogueServer server(at(broker, {{"version", version}}));
        ASSERT_TRUE(server.is_connected());
        EXPECT_EQ(Cloud{broker}.ask(EventText::of("dev", "status")), "command");
        ASSERT_EQ(server.inbox.messages().size(), 1U);
        const auto message = server.inbox.messages()[0];
        EXPECT_EQ(message.device.text(), "app/dev");
        EXPECT_EQ(message.sender.text(), "app/dev");
        EXPECT_EQ(message.kind, sdk::Credential::Kind::Trusted);
        EXPECT_EQ(message.payload, "status");
        EXPECT_LE(message.room, 16384U);
        EXPECT_GE(message.room, 16384U - 64U);
        EXPECT_EQ(server.host.value("commands"), 1);
    }
}

TEST_F(DrogueEvents, come_in_binary_mode_when_it_is_asked_for) {
    Broker broker;
    DrogueServer server(at(broker, {{"content_mode", "binary"}}));
    ASSERT_TRUE(server.is_connected());
    std::string properties;
    for (const auto& [name, value] : Settings{{"specversion", "1.0"},
                                              {"id", "1"},
                                              {"type", "io.drogue.event.v1"},
                                              {"source", "drogue://app/dev"},
                                              {"subject", "dfu"},
                                              {"application", "app"},
                                              {"device", "dev"},
                                              {"sender", "gateway"},
                                              {"time", support::timestamp()}}) {
        properties += " -D publish user-property " + name + " " + value;
    }
    const auto answer = run_shell(Cloud{broker}.client("mosquitto_rr") +
                                  "-N -W 60 -t app/app -e command/app/dev/dfu -m status "
                                  "-D publish content-type application/cbor" +
                                  properties);
    EXPECT_EQ(answer.output, "command");
    ASSERT_EQ(server.inbox.messages().size(), 1U);
    EXPECT_EQ(server.inbox.messages()[0].sender.text(), "app/gateway");
    EXPECT_EQ(server.inbox.messages()[0].payload, "status");
    // Who does not know the mode still sends structured events.
    EXPECT_EQ(Cloud{broker}.ask(EventText::of("dev", "status")), "command");
}

TEST_F(DrogueEvents, of_the_lora_gateway_are_answered_on_a_port) {
    Broker broker;
    DrogueServer server(at(broker));
    ASSERT_TRUE(server.is_connected());
    EventText event;
    event.sender = "ttn-gateway";
    event.subject = "1";
    event.data = R"("data":{"uplink_message":{"f_port":1,"frm_payload":"c3RhdHVz"}})";
    EXPECT_EQ(Cloud{broker}.ask(event, "port:223"), "command");
    ASSERT_EQ(server.inbox.messages().size(), 1U);
    EXPECT_EQ(server.inbox.messages()[0].payload, "status");
    EXPECT_EQ(server.inbox.messages()[0].room, 51U);
}

TEST_F(DrogueEvents, of_no_shape_end_anything) {
    Broker broker;
    DrogueServer server(at(broker));
    ASSERT_TRUE(server.is_connected());
    const Cloud cloud{broker};
    auto old = EventText::of("dev", "status");
    old.time = support::timestamp(minutes(10));
    auto both = EventText::of("dev", "status");
    both.data += R"(,"data":"x")";
    auto relative = EventText::of("dev", "status");
    relative.data += R"(,"dataschema":"foo")";
    cloud.publish("garbage");
    cloud.publish("{}");
    cloud.publish(R"({"subject":"dfu","specversion":"1.0"})");
    cloud.publish(both.text());
    cloud.publish(old.text());
    cloud.publish(EventText::of("a/b", "status").text());
    run_shell("head -c 300000 /dev/zero | " + cloud.client("mosquitto_pub") + "-t app/app -s");
    EXPECT_EQ(cloud.ask(relative), "command");
    EXPECT_EQ(server.host.value("events_unreadable"), 4);
    EXPECT_EQ(server.host.value("events_stale"), 1);
    EXPECT_EQ(server.host.value("events_unaddressable"), 1);
    EXPECT_EQ(server.host.value("connections_lost"), 0);
    EXPECT_EQ(server.inbox.messages().size(), 1U);
}

TEST_F(DrogueEvents, are_taken_again_after_each_restart_of_the_broker) {
    Broker broker;
    DrogueServer server(at(broker));
    for (int life = 1; life <= 3; ++life) {
        ASSERT_TRUE(server.reaches("connects", life));
        EXPECT_EQ(Cloud{broker}.ask(EventText::of("dev", "status")), "command");
        broker.kill();
        ASSERT_TRUE(server.reaches("connections_lost", life));
        broker.start();
    }
}

TEST_F(DrogueEvents, are_dealt_out_in_a_group) {
    Broker broker;
    DrogueServer one(at(broker, {{"group", "ajour"}}));
    DrogueServer other(at(broker, {{"group", "ajour"}, {"version", "3.1.1"}}));
    ASSERT_TRUE(one.is_connected() && other.is_connected());
    for (int i = 0; i < 8; ++i) {
        EXPECT_EQ(Cloud{broker}.ask(EventText::of("dev-" + std::to_string(i), "status")),
                  "command");
    }
    EXPECT_EQ(one.inbox.messages().size() + other.inbox.messages().size(), 8U);
    EXPECT_GE(one.inbox.messages().size(), 1U);
    EXPECT_GE(other.inbox.messages().size(), 1U);
}

/// A broker that lets everybody listen to app/good alone, and send commands to all but one device.
std::string with_rules(const Broker& broker) {
    const auto path = (broker.directory().path() / "rules.json").string();
    broker.directory().write("rules.json", R"({
"defaultACLAccess":{"publishClientSend":true,"publishClientReceive":true,"subscribe":true,"unsubscribe":true},
"roles":[{"rolename":"all","acls":[
 {"acltype":"subscribeLiteral","topic":"app/bad","allow":false,"priority":1},
 {"acltype":"publishClientSend","topic":"command/good/denied/#","allow":false,"priority":1}]}],
"groups":[{"groupname":"everybody","roles":[{"rolename":"all"}]}],
"anonymousGroup":"everybody"})");
    return std::string(Broker::usual) + "allow_anonymous true\n" +
           "plugin /usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so\n" +
           "plugin_opt_config_file " + path + "\n";
}

TEST_F(DrogueEvents, come_from_the_applications_that_are_granted) {
    for (const auto* version : {"3.1.1", "5"}) {
        Broker broker;
        broker.kill();
        broker.configure(with_rules(broker));
        broker.start();
        DrogueServer server(
            at(broker,
               {{"applications", "good,bad"}, {"version", version}, {"subscribe.retry", "1s"}}));
        ASSERT_TRUE(server.is_connected());
        EXPECT_TRUE(server.host.logs(sdk::LogLevel::Warning,
                                     "the cloud refuses the subscription to app/bad: "));
        EXPECT_TRUE(server.reaches("applications_refused", 1));
        auto event = EventText::of("dev", "status");
        event.application = "good";
        EXPECT_EQ(Cloud{broker}.ask(event), "command");
        EXPECT_TRUE(await([&] { return server.host.lines().size() >= 3; })) << "it is asked again";
        EXPECT_EQ(server.host.value("connections_lost"), 0);
    }
}

TEST_F(DrogueEvents, whose_commands_are_refused_are_shown_with_the_reason) {
    Broker broker;
    broker.kill();
    broker.configure(with_rules(broker));
    broker.start();
    DrogueServer server(at(broker, {{"applications", "good"}}));
    ASSERT_TRUE(server.is_connected());
    auto event = EventText::of("denied", "status");
    event.application = "good";
    Cloud{broker}.publish(event.text(), "good");
    EXPECT_TRUE(server.reaches("commands_refused", 1));
    EXPECT_TRUE(server.host.logs(sdk::LogLevel::Warning,
                                 "the cloud refuses command/good/denied/dfu: Not authorized"))
        << server.host.log_text();
    event = EventText::of("dev", "status");
    event.application = "good";
    EXPECT_EQ(Cloud{broker}.ask(event), "command");
}

/// As the cloud does with MQTT 3.1.1 when it does not like a command.
TEST_F(DrogueEvents, whose_commands_end_the_connection_do_so_three_times) {
    Broker broker;
    support::CuttingProxy cloud(broker.port(), "command/app/bad/dfu");
    DrogueServer server({{"server", "mqtt://127.0.0.1:" + std::to_string(cloud.port)},
                         {"applications", "app"},
                         {"version", "3.1.1"}});
    for (int life = 1; life <= 3; ++life) {
        ASSERT_TRUE(server.reaches("connects", life));
        Cloud{broker}.publish(EventText::of("bad", "status").text());
        ASSERT_TRUE(server.reaches("connections_lost", life));
    }
    ASSERT_TRUE(server.reaches("connects", 4));
    Cloud{broker}.publish(EventText::of("bad", "status").text());
    ASSERT_TRUE(server.reaches("events_withheld", 1));
    EXPECT_EQ(Cloud{broker}.ask(EventText::of("dev", "status")), "command");
    EXPECT_EQ(server.host.value("connections_lost"), 3);
}

}  // namespace
}  // namespace ajour::integration
