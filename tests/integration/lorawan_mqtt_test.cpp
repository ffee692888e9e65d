// SPDX-License-Identifier: Apache-2.0
// Uplinks in and downlinks out, by the MQTT of both network servers.
#include "lorawan_server.hpp"

namespace ajour::integration {
namespace {

using LorawanMqtt = LorawanTest;

constexpr auto things_downlink =
    R"({"downlinks":[{"f_port":223,"frm_payload":"Y29tbWFuZA==","priority":"NORMAL"}]})";
constexpr auto chirp_downlink =
    R"({"devEui":"0102030405060708","confirmed":false,"fPort":223,"data":"Y29tbWFuZA=="})";

constexpr auto chirp_sent =
    R"({"deviceInfo":{"applicationId":"3f6a","devEui":"0102030405060708"},"fCntDown":2})";

Settings things_at(const Broker& broker, Settings more = {}) {
    more.try_emplace("server", broker.url());
    more.try_emplace("user", "water@acme");
    return more;
}

Settings chirpstack_at(const Broker& broker, Settings more = {}) {
    more.try_emplace("server", broker.url());
    more.try_emplace("network", "chirpstack");
    return more;
}

ThingsUplink slow_uplink() {
    ThingsUplink uplink;
    uplink.data_rate = R"("lora":{"bandwidth":125000,"spreading_factor":12})";
    return uplink;
}

TEST_F(LorawanMqtt, answers_uplinks_of_the_things_stack) {
    Broker broker;
    LorawanServer server(things_at(broker));
    ASSERT_TRUE(server.is_connected());
    EXPECT_EQ(NetworkServer{broker}.ask(ThingsUplink{}), things_downlink);
    ASSERT_EQ(server.inbox.messages().size(), 1U);
    const auto message = server.inbox.messages()[0];
    EXPECT_EQ(message.device.text(), "water/meter-7");
    EXPECT_EQ(message.payload, "status");
    EXPECT_EQ(message.room, 222U);
    EXPECT_EQ(server.host.value("commands"), 1);
    EXPECT_EQ(server.host.value("airtime_milliseconds"), 51);
}

TEST_F(LorawanMqtt, answers_uplinks_of_chirpstack) {
    Broker broker;
    LorawanServer server(chirpstack_at(broker, {{"name.device", "{device_eui}"}}));
    ASSERT_TRUE(server.is_connected());
    EXPECT_EQ(NetworkServer{broker}.ask(ChirpUplink{}), chirp_downlink);
    ASSERT_EQ(server.inbox.messages().size(), 1U);
    EXPECT_EQ(server.inbox.messages()[0].device.text(), "water works/0102030405060708");
}

TEST_F(LorawanMqtt, gives_no_more_room_than_the_data_rate_of_the_uplink_has) {
    Broker broker;
    LorawanServer server(things_at(broker));
    ASSERT_TRUE(server.is_connected());
    EXPECT_EQ(NetworkServer{broker}.ask(slow_uplink()), things_downlink);
    EXPECT_EQ(server.inbox.messages().at(0).room, 51U);
}

TEST_F(LorawanMqtt, gives_the_room_of_the_second_window_where_the_network_answers_in_that) {
    Broker broker;
    LorawanServer server(
        things_at(broker, {{"region.rx2_data_rate", "3"}, {"region.rx2_below", "3"}}));
    ASSERT_TRUE(server.is_connected());
    const NetworkServer network{broker};
    EXPECT_EQ(network.ask(slow_uplink()), things_downlink);
    EXPECT_EQ(network.ask(ThingsUplink{}), things_downlink);
    ASSERT_EQ(server.inbox.messages().size(), 2U);
    EXPECT_EQ(server.inbox.messages()[0].room, 115U);
    EXPECT_EQ(server.inbox.messages()[1].room, 222U);
}

TEST_F(LorawanMqtt, sends_nothing_without_air_time_and_reads_on) {
    Broker broker;
    LorawanServer server(things_at(broker, {{"airtime.device", "2s"}}));
    ASSERT_TRUE(server.is_connected());
    const NetworkServer network{broker};
    EXPECT_EQ(network.ask(slow_uplink()), things_downlink) << "it takes 1.2 s";
    network.publish("v3/water@acme/devices/meter-7/up", slow_uplink().text());
    EXPECT_TRUE(server.reaches("commands_without_airtime", 1));
    auto other = slow_uplink();
    other.device = "meter-8";
    EXPECT_EQ(network.ask(other), things_downlink);
    EXPECT_EQ(server.inbox.messages().size(), 3U);
    EXPECT_EQ(server.host.value("commands"), 2);
}

TEST_F(LorawanMqtt, leaves_an_uplink_of_chirpstack_to_the_downlink_that_waits) {
    Broker broker;
    LorawanServer server(chirpstack_at(broker));
    ASSERT_TRUE(server.is_connected());
    const NetworkServer network{broker};
    const ChirpUplink uplink;
    EXPECT_EQ(network.ask(uplink), chirp_downlink);
    network.publish(uplink.topic(), uplink.text());
    EXPECT_TRUE(server.reaches("commands_withheld", 1)) << "no gateway has sent the first";
    EXPECT_EQ(server.host.value("commands"), 1);
    EXPECT_EQ(network.ask(uplink), chirp_downlink);
    network.publish(uplink.topic("event/txack"), chirp_sent);
    EXPECT_TRUE(server.reaches("downlinks_sent", 1));
    EXPECT_EQ(network.ask(uplink), chirp_downlink);
    EXPECT_EQ(server.inbox.messages().size(), 4U);
}

/// What The Things Stack says of the downlink, with the error's name and attributes.
std::string failed(const std::string& error) {
    return R"({"end_device_ids":{"device_id":"meter-7","application_ids":{"application_id":)"
           R"("water"}},"downlink_failed":{"downlink":{"f_port":223,"frm_payload":"Y29tbWFuZA=="},)"
           R"("error":{"namespace":"pkg/networkserver",)" +
           error + "}}}";
}

TEST_F(LorawanMqtt, tells_of_downlinks_that_the_things_stack_drops_and_takes_their_air_time_back) {
    Broker broker;
    LorawanServer server(things_at(broker, {{"airtime.device", "2s"}}));
    ASSERT_TRUE(server.is_connected());
    const NetworkServer network{broker};
    const std::string begin = "v3/water@acme/devices/meter-7/down/";
    for (int i = 1; i <= 2; ++i) {
        EXPECT_EQ(network.ask(slow_uplink()), things_downlink) << "it takes 1.2 s of the 2 s";
        network.publish(
            begin + "failed",
            failed(R"("name":"application_downlink_too_long","attributes":{"max":40})"));
        EXPECT_TRUE(server.reaches("downlinks_too_long", i));
    }
    EXPECT_EQ(network.ask(slow_uplink()), things_downlink);
    EXPECT_EQ(server.inbox.messages().at(2).room, 40U) << "two of them did not fit";
    for (const auto* text : {"", "[]", R"({"downlink_failed":[]})"}) {
        network.publish(begin + "failed", text);
    }
    EXPECT_TRUE(server.reaches("fates_unreadable", 3));
    EXPECT_EQ(server.inbox.drops().size(), 2U);
}

TEST_F(LorawanMqtt, answers_anew_after_chirpstack_dropped_what_was_in_its_queue) {
    Broker broker;
    LorawanServer server(chirpstack_at(broker));
    ASSERT_TRUE(server.is_connected());
    const NetworkServer network{broker};
    const ChirpUplink uplink;
    EXPECT_EQ(network.ask(uplink), chirp_downlink);
    network.publish(uplink.topic("event/log"),
                    R"({"deviceInfo":{"applicationId":"3f6a","devEui":"0102030405060708"},"code":)"
                    R"("DOWNLINK_PAYLOAD_SIZE","context":{"item_size":"7"}})");
    EXPECT_TRUE(server.reaches("downlinks_too_long", 1));
    EXPECT_EQ(network.ask(uplink), chirp_downlink);
    EXPECT_EQ(server.host.value("commands_withheld"), 0);
}

/// From now on the broker refuses this subscription.
void refuse(Broker& broker, const std::string& filter) {
    broker.kill();
    broker.directory().write("rules.json", R"({
"defaultACLAccess":{"publishClientSend":true,"publishClientReceive":true,"subscribe":true,"unsubscribe":true},
"roles":[{"rolename":"all","acls":[{"acltype":"subscribeLiteral","topic":")" +
                                               filter + R"(","allow":false,"priority":1}]}],
"groups":[{"groupname":"everybody","roles":[{"rolename":"all"}]}],
"anonymousGroup":"everybody"})");
    broker.configure(std::string(Broker::usual) + "allow_anonymous true\n" +
                     "plugin /usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so\n" +
                     "plugin_opt_config_file " +
                     (broker.directory().path() / "rules.json").string() + "\n");
    broker.start();
}

TEST_F(LorawanMqtt, does_without_the_fates_that_a_broker_does_not_grant) {
    const std::string filter = "application/+/device/+/event/log";
    for (const auto* version : {"3.1.1", "5"}) {
        Broker broker;
        refuse(broker, filter);
        LorawanServer server(chirpstack_at(broker, {{"version", version}}));
        ASSERT_TRUE(server.is_connected());
        EXPECT_TRUE(server.host.logs(sdk::LogLevel::Warning,
                                     "the network server refuses the subscription to " + filter));
        EXPECT_EQ(NetworkServer{broker}.ask(ChirpUplink{}), chirp_downlink);
        EXPECT_EQ(server.host.value("connections_lost"), 0);
    }
}

TEST_F(LorawanMqtt, is_not_connected_without_its_uplinks) {
    Broker broker;
    refuse(broker, "application/+/device/+/event/up");
    LorawanServer server(chirpstack_at(broker));
    EXPECT_TRUE(server.reaches("connect_failures", 2)) << "it tries again";
    EXPECT_EQ(server.host.value("connected"), 0);
}

TEST_F(LorawanMqtt, passes_over_poison_and_goes_on) {
    Broker broker;
    LorawanServer server(things_at(broker));
    ASSERT_TRUE(server.is_connected());
    const NetworkServer network{broker};
    for (const auto* text : {"", "x", "{}", "[]", R"({"end_device_ids":{"device_id":7}})"}) {
        network.publish("v3/water@acme/devices/meter-7/up", text);
    }
    EXPECT_TRUE(server.reaches("uplinks_unreadable", 5));
    EXPECT_EQ(network.ask(ThingsUplink{}), things_downlink);
    EXPECT_EQ(server.host.value("connects"), 1);
}

TEST_F(LorawanMqtt, comes_back_when_the_broker_does) {
    Broker broker;
    LorawanServer server(things_at(broker));
    ASSERT_TRUE(server.is_connected());
    broker.kill();
    EXPECT_TRUE(server.reaches("connections_lost", 1));
    broker.start();
    EXPECT_TRUE(server.is_connected());
    EXPECT_EQ(NetworkServer{broker}.ask(ThingsUplink{}), things_downlink);
}

TEST_F(LorawanMqtt, is_not_made_with_settings_that_contradict_each_other) {
    const Settings table[] = {
        {{"region.rx1_offset", "6"}},
        {{"region", "US915"}, {"region.rx2_data_rate", "3"}},
        {{"fports", "0"}},
        {{"fports", "x"}},
        {{"name.device", "{eui}"}},
        {{"applications", "a/b"}},
        {{"webhook.secret", "s"}},
        {{"api", "https://stack.example"}},
        {{"webhook.secret", "s"}, {"api", "https://stack.example"}},
        {{"webhook.secret", "s"}, {"api", "http://stack.example"}, {"api.key", "k"}},
        {{"network", "chirpstack"},
         {"webhook.secret", "s"},
         {"api", "https://stack.example"},
         {"api.key", "k"}}};
    for (const auto& settings : table) {
        support::TestHost host(LorawanServer::plugin().settings, settings);
        EXPECT_ANY_THROW(support::create<sdk::TransportPort>(LorawanServer::plugin(), host))
            << settings.begin()->first;
    }
}

}  // namespace
}  // namespace ajour::integration
