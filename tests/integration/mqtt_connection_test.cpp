// SPDX-License-Identifier: Apache-2.0
// The connection to the broker: how it comes about, breaks, and comes back.
#include "mqtt_server.hpp"

#include <fcntl.h>
#include <sys/resource.h>

#include <vector>

namespace ajour::integration {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

milliseconds time_of(const std::function<void()>& call) {
    const auto begin = steady_clock::now();
    call();
    return std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin);
}

using MqttConnection = MqttTest;

TEST_F(MqttConnection, is_none_without_a_broker_in_the_settings) {
    MqttServer server({});
    EXPECT_TRUE(server.host.logs(sdk::LogLevel::Info, "no broker is set"));
    EXPECT_FALSE(server.host.has_logged(sdk::LogLevel::Warning, ""));
    server.transport->try_stop();
    EXPECT_EQ(server.host.value("connect_failures"), 0);
}

TEST_F(MqttConnection, comes_about_when_the_broker_comes_up_later) {
    Broker broker;
    broker.kill();
    MqttServer server({{"server", broker.url()}});
    EXPECT_TRUE(server.reaches("connect_failures", 2));
    EXPECT_EQ(server.host.value("connected"), 0);
    EXPECT_TRUE(server.host.logs(sdk::LogLevel::Warning, "cannot connect to the broker 127"))
        << server.host.log_text();
    EXPECT_TRUE(server.host.logs(sdk::LogLevel::Warning, ": Connection refused"));
    broker.start();
    ASSERT_TRUE(server.is_connected());
    EXPECT_EQ(MqttDevice{broker}.ask().output, "command\n");
}

TEST_F(MqttConnection, comes_back_and_subscribes_again_each_time_that_the_broker_restarts) {
    Broker broker;
    MqttServer server({{"server", broker.url()}});
    for (int life = 1; life <= 3; ++life) {
        ASSERT_TRUE(server.reaches("connects", life));
        EXPECT_EQ(MqttDevice{broker}.ask().output, "command\n");
        broker.kill();
        ASSERT_TRUE(server.reaches("connections_lost", life));
        EXPECT_EQ(server.host.value("connected"), 0);
        broker.start();
    }
    EXPECT_TRUE(server.host.logs(sdk::LogLevel::Warning, "lost the broker 127.0.0.1:"));
}

TEST_F(MqttConnection, finds_a_broker_that_listens_on_one_of_two_addresses_of_its_name) {
    Broker broker;
    MqttServer server({{"server", broker.url("mqtt", "localhost")}});
    EXPECT_TRUE(server.is_connected());
}

TEST_F(MqttConnection, is_given_up_when_the_broker_says_nothing) {
    Broker broker;
    broker.freeze();
    MqttServer server({{"server", broker.url()}, {"timeout.connect", "1s"}});
    EXPECT_TRUE(server.reaches("connect_failures", 2));
    EXPECT_TRUE(server.host.logs(sdk::LogLevel::Warning, "no connection within timeout.connect"));
    broker.thaw();
    EXPECT_TRUE(server.is_connected());
}

TEST_F(MqttConnection, is_given_up_when_the_broker_keeps_silent) {
    Broker broker;
    MqttServer server({{"server", broker.url()}, {"keep_alive", "5s"}});
    ASSERT_TRUE(server.is_connected());
    broker.freeze();
    EXPECT_TRUE(server.reaches("connections_lost", 1));
    broker.thaw();
    EXPECT_TRUE(server.is_connected());
}

TEST_F(MqttConnection, says_why_the_broker_refuses_it) {
    for (const auto* version : {"3.1.1", "5"}) {
        Broker broker(std::string(Broker::usual) + "allow_anonymous false\n");
        MqttServer server({{"server", broker.url()},
                           {"version", version},
                           {"user", "ajour"},
                           {"password", "wrong-secret"}});
        EXPECT_TRUE(server.reaches("connect_failures", 1));
        EXPECT_TRUE(server.host.logs(sdk::LogLevel::Warning, "the broker refuses the connection: "))
            << server.host.log_text();
        EXPECT_FALSE(server.host.has_logged(sdk::LogLevel::Debug, "wrong-secret"));
    }
}

/// Takes connections and ends each, as a broker does that is spoken to in the wrong way.
class Doorkeeper {
public:
    Doorkeeper() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        auto* any = reinterpret_cast<sockaddr*>(&address);
        EXPECT_EQ(::bind(listener_, any, length), 0);
        EXPECT_EQ(::listen(listener_, 10), 0);
        EXPECT_EQ(::getsockname(listener_, any, &length), 0);
        port = ntohs(address.sin_port);
        thread_ = std::thread([this] { turn_away(); });
    }
    ~Doorkeeper() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }

    std::uint16_t port = 0;

private:
    void turn_away() const {
        char bytes[1024];
        for (int guest = 0; (guest = ::accept(listener_, nullptr, nullptr)) >= 0; ::close(guest)) {
            (void)!::read(guest, bytes, sizeof bytes);
        }
    }

    int listener_;
    std::thread thread_;
};

TEST(MqttUnwelcome, is_said_with_the_version_and_with_tls_or_without) {
    Doorkeeper keeper;
    const auto port = std::to_string(keeper.port);
    MqttServer plain({{"server", "mqtt://127.0.0.1:" + port}});
    MqttServer secure({{"server", "mqtts://127.0.0.1:" + port}, {"version", "3.1.1"}});
    ASSERT_TRUE(plain.reaches("connect_failures", 2) && secure.reaches("connect_failures", 2));
    EXPECT_TRUE(plain.host.logs(sdk::LogLevel::Warning,
                                "it ended the connection without an answer to MQTT 5 without TLS"))
        << plain.host.log_text();
    EXPECT_EQ(secure.host.value("connects"), 0);
}

TEST_F(MqttConnection, announces_itself_and_its_end) {
    Broker broker;
    const MqttDevice watcher{broker, "-V mqttv311", "ajour"};
    watcher.subscribe("status");
    {
        MqttServer server({{"server", broker.url()}, {"client_id", "server-1"}});
        ASSERT_TRUE(server.is_connected());
        EXPECT_EQ(watcher.fetch("", "status"), "online server-1");
    }
    EXPECT_EQ(watcher.fetch("", "status"), "offline server-1");
}

TEST_F(MqttConnection, leaves_a_last_will_behind) {
    Broker broker;
    MqttServer server({{"server", broker.url()}, {"client_id", "server-1"}});
    ASSERT_TRUE(server.is_connected());
    const MqttDevice watcher{broker, "-V mqttv311", "ajour"};
    watcher.subscribe("status");
    // Whoever takes the client id away has the broker end our connection.
    run_shell("mosquitto_pub -i server-1 -t x -m y" + watcher.at_broker());
    EXPECT_EQ(watcher.fetch("", "status"), "offline server-1");
    EXPECT_TRUE(server.reaches("connects", 2));
}

TEST_F(MqttConnection, ends_soon_though_the_broker_hangs) {
    Broker broker;
    MqttServer server({{"server", broker.url()}, {"timeout.stop", "300ms"}});
    ASSERT_TRUE(server.is_connected());
    broker.freeze();
    EXPECT_LT(time_of([&] { server.transport->try_stop(); }), milliseconds(10000));
    broker.thaw();
}

TEST_F(MqttConnection, ends_soon_while_it_waits_to_reconnect) {
    Broker broker;
    broker.kill();
    MqttServer server({{"server", broker.url()}, {"reconnect.min", "1h"}, {"reconnect.max", "1h"}});
    ASSERT_TRUE(server.reaches("connect_failures", 1));
    EXPECT_LT(time_of([&] { server.transport->try_stop(); }), milliseconds(10000));
}

TEST_F(MqttConnection, sends_what_is_queued_before_it_ends) {
    Broker broker;
    LateReplies late;
    MqttServer server({{"server", broker.url()}}, late.keep());
    ASSERT_TRUE(server.is_connected());
    const MqttDevice device{broker};
    device.subscribe();
    device.publish();
    ASSERT_TRUE(late.reach(1));
    late.send(1);
    server.transport->try_stop();
    EXPECT_EQ(device.fetch(), "late");
}

TEST_F(MqttConnection, drops_and_counts_commands_that_a_hanging_broker_does_not_take) {
    Broker broker;
    LateReplies late;
    MqttServer server({{"server", broker.url()}, {"inflight.max", "5"}, {"queue.max", "10"}},
                      late.keep());
    ASSERT_TRUE(server.is_connected());
    MqttDevice{broker}.publish("--repeat 36 -m x");
    ASSERT_TRUE(late.reach(36));
    broker.freeze();
    late.send(5);
    EXPECT_TRUE(server.reaches("commands", 5));
    late.send(31);
    EXPECT_TRUE(server.reaches("commands_dropped", 21));
    EXPECT_EQ(server.host.value("commands_queued"), 10);
    EXPECT_TRUE(server.reaches("commands_unacknowledged", 5));
    broker.thaw();
    EXPECT_TRUE(server.reaches("commands", 15));
    EXPECT_EQ(server.host.value("commands_dropped"), 21);
    EXPECT_EQ(server.host.value("commands_queued"), 0);
}

TEST_F(MqttConnection, sends_commands_that_wait_as_soon_as_those_before_are_taken) {
    for (const auto* qos : {"0", "1"}) {
        Broker broker;
        LateReplies late;
        MqttServer server({{"server", broker.url()}, {"inflight.max", "1"}, {"qos", qos}},
                          late.keep());
        ASSERT_TRUE(server.is_connected());
        MqttDevice{broker}.publish("--repeat 300 -m x");
        ASSERT_TRUE(late.reach(300));
        late.send(300);
        EXPECT_TRUE(server.reaches("commands", 300)) << "QoS " << qos;
        EXPECT_EQ(server.host.value("commands_dropped"), 0);
    }
}

TEST_F(MqttConnection, works_in_a_process_with_thousands_of_descriptors) {
    Broker broker;
    rlimit limit{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    if (limit.rlim_max < 2000) GTEST_SKIP() << "this process may not open 2000 files";
    const rlimit before = limit;
    limit.rlim_cur = limit.rlim_max;
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &limit), 0);
    std::vector<int> taken;
    for (int i = 0; i < 1500; ++i) taken.push_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    {
        MqttServer server({{"server", broker.url()}});
        EXPECT_TRUE(server.is_connected());
        EXPECT_EQ(MqttDevice{broker}.ask().output, "command\n");
    }
    for (const int descriptor : taken) ::close(descriptor);
    ::setrlimit(RLIMIT_NOFILE, &before);
}

}  // namespace
}  // namespace ajour::integration
