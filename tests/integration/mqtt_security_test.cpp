// SPDX-License-Identifier: Apache-2.0
// Passwords, certificates, and the access control that is shipped for mosquitto.
#include "mqtt_server.hpp"
#include "support/certificates.hpp"
#include "support/places.hpp"

#include <algorithm>
#include <atomic>
#include <sstream>

namespace ajour::integration {
namespace {

using support::Certificates;
using support::content_of;
using support::TempDirectory;

/// Lines for a listener with TLS that asks for client certificates.
std::string tls_listener(const Certificates& certificates) {
    return std::string(Broker::usual) + "allow_anonymous true\ncafile " +
           certificates.file("ca.crt") + "\ncertfile " + certificates.file("server.crt") +
           "\nkeyfile " + certificates.file("server.key") + "\nrequire_certificate true\n";
}

Settings tls_settings(const Broker& broker, const Certificates& certificates) {
    return {{"server", broker.url("mqtts", "localhost")},
            {"tls.ca", certificates.file("ca.crt")},
            {"tls.certificate", certificates.file("client.crt")},
            {"tls.key", certificates.file("client.key")}};
}

class MqttTls : public MqttTest {
protected:
    void SetUp() override {
        MqttTest::SetUp();
        if (!support::has_program("openssl")) GTEST_SKIP() << "there is no openssl";
    }
};

TEST_F(MqttTls, carries_statuses_with_a_client_certificate) {
    const Certificates certificates;
    Broker broker(tls_listener(certificates));
    MqttServer server(tls_settings(broker, certificates));
    ASSERT_TRUE(server.is_connected()) << server.host.log_text();
    const auto options = "-V 5 -h localhost --cafile " + certificates.file("ca.crt") + " --cert " +
                         certificates.file("client.crt") + " --key " +
                         certificates.file("client.key");
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ((MqttDevice{broker, options}.ask().output), "command\n");
    }
}

TEST_F(MqttTls, carries_commands_of_many_packets) {
    const Certificates certificates;
    Broker broker(tls_listener(certificates));
    const std::string large(60000, 'x');
    MqttServer server(tls_settings(broker, certificates), RecordingInbox::command(large));
    ASSERT_TRUE(server.is_connected()) << server.host.log_text();
    const auto options = "-V 5 -h localhost --cafile " + certificates.file("ca.crt") + " --cert " +
                         certificates.file("client.crt") + " --key " +
                         certificates.file("client.key");
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE((MqttDevice{broker, options}.ask("-N -m x").output == large));
    }
}

TEST_F(MqttTls, comes_back_after_a_restart_of_the_broker_with_the_certificates_of_that_time) {
    const Certificates old_ones;
    const Certificates new_ones;
    Broker broker(tls_listener(old_ones));
    MqttServer server(tls_settings(broker, old_ones));
    ASSERT_TRUE(server.is_connected()) << server.host.log_text();
    broker.kill();
    broker.configure(tls_listener(new_ones));
    for (const auto* name : {"ca.crt", "client.crt", "client.key"}) {
        std::filesystem::copy_file(new_ones.file(name), old_ones.file(name),
                                   std::filesystem::copy_options::overwrite_existing);
    }
    broker.start();
    EXPECT_TRUE(server.reaches("connects", 2)) << server.host.log_text();
}

TEST_F(MqttTls, is_refused_when_the_broker_is_another) {
    const Certificates certificates;
    const Certificates others;
    Broker broker(tls_listener(others));
    MqttServer server(tls_settings(broker, certificates));
    EXPECT_TRUE(server.reaches("connect_failures", 3));
    EXPECT_TRUE(server.host.logs(sdk::LogLevel::Warning, "certificate verify failed"))
        << server.host.log_text();
    EXPECT_EQ(server.host.value("connects"), 0);
}

TEST_F(MqttTls, is_refused_when_the_broker_has_another_name) {
    const Certificates certificates;
    Broker broker(tls_listener(certificates));
    auto settings = tls_settings(broker, certificates);
    settings["server"] = broker.url("mqtts", "127.0.0.1");
    MqttServer server(settings);
    EXPECT_TRUE(server.reaches("connect_failures", 3));
    EXPECT_EQ(server.host.value("connects"), 0);
}

TEST_F(MqttTls, is_refused_without_a_client_certificate) {
    const Certificates certificates;
    Broker broker(tls_listener(certificates));
    MqttServer server(
        {{"server", broker.url("mqtts", "localhost")}, {"tls.ca", certificates.file("ca.crt")}});
    EXPECT_TRUE(server.reaches("connect_failures", 3));
    EXPECT_EQ(server.host.value("connects"), 0);
}

TEST_F(MqttTls, fails_at_a_broker_that_speaks_none) {
    Broker broker;
    MqttServer server({{"server", broker.url("mqtts")}});
    EXPECT_TRUE(server.reaches("connect_failures", 3));
    EXPECT_EQ(server.host.value("connects"), 0);
}

TEST_F(MqttTls, needs_files_that_are_there) {
    support::TestHost host(MqttServer::plugin().settings,
                           {{"server", "mqtts://localhost"}, {"tls.ca", "/no/file"}});
    RecordingInbox inbox;
    auto transport = support::create<sdk::TransportPort>(MqttServer::plugin(), host);
    const auto started = transport->try_start(inbox);
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().text, "the TLS file /no/file: cannot be opened");
}

TEST(MqttWarnings, are_given_when_the_way_to_the_broker_is_open) {
    MqttServer server({{"server", "mqtt://192.0.2.1"}, {"timeout.connect", "100ms"}});
    EXPECT_TRUE(server.host.logs(sdk::LogLevel::Warning, "is not encrypted"));
    server.transport->try_stop();
}

TEST(MqttWarnings, are_given_when_nothing_guards_the_topics) {
    MqttServer server({{"server", "mqtt://127.0.0.1:1"}, {"authentication", "none"}});
    EXPECT_TRUE(server.host.logs(sdk::LogLevel::Warning, "AUTHENTICATION IS OFF"));
    EXPECT_FALSE(server.host.has_logged(sdk::LogLevel::Warning, "is not encrypted"));
}

/// mosquitto with the settings, the access control and the example of a password file in etc/.
class MqttAccess : public MqttTest {
protected:
    void SetUp() override {
        MqttTest::SetUp();
        if (IsSkipped()) return;
        copy("mosquitto.acl", "mosquitto.acl");
        copy("mosquitto.passwords.example", "mosquitto.passwords");
        const auto hashed = run_shell("chmod 0600 " + path("*") + "; mosquitto_passwd -U " +
                                      path("mosquitto.passwords"));
        ASSERT_EQ(hashed.code, 0) << hashed.output;
        broker = std::make_unique<Broker>(settings());
        server = std::make_unique<MqttServer>(Settings{{"server", broker->url()},
                                                       {"keep_alive", "10m"},
                                                       {"user", "ajour"},
                                                       {"password", "the password of ajourd"}},
                                              [&](const sdk::Message&, sdk::Reply& reply) {
                                                  wait_while_busy();
                                                  reply.send(sdk::bytes_of("command"));
                                              });
        ASSERT_TRUE(server->is_connected()) << server->host.log_text();
    }

    void wait_while_busy() const {
        (void)support::TestHost::await([&] { return !is_busy; });
    }

    std::string path(const std::string& name) const { return (files.path() / name).string(); }
    void copy(const std::string& from, const std::string& to) const {
        std::filesystem::copy_file(std::string(AJOUR_SOURCE_DIR "/etc/") + from, path(to));
    }

    /// The shipped file, but for the port and the directory.
    std::string settings() const {
        std::istringstream lines(content_of(AJOUR_SOURCE_DIR "/etc/mosquitto.conf"));
        std::string text;
        for (std::string line; std::getline(lines, line);) {
            if (line == "listener 1883") continue;
            const auto at = line.find("/etc/ajour/");
            if (at != std::string::npos) line.replace(at, 10, files.path().string());
            text += line + "\n";
        }
        return text;
    }

    /// A device of the example, in the branch that it says is its own.
    MqttDevice device(const std::string& name, const std::string& branch,
                      const std::string& version = "5") const {
        return {
            *broker,
            "-V " + version + " -u lamps/" + name + " -P \"the password of " + name + " of lamps\"",
            branch};
    }

    const TempDirectory files;
    std::atomic<bool> is_busy{false};
    std::unique_ptr<Broker> broker;
    std::unique_ptr<MqttServer> server;
};

TEST_F(MqttAccess, lets_a_device_speak_for_itself) {
    for (const auto* version : {"mqttv311", "5"}) {
        EXPECT_EQ(device("lamp-1", "ajour/lamps/lamp-1", version).ask().output, "command\n");
    }
    EXPECT_EQ(server->inbox.messages().at(0).device, sdk::DeviceId("lamps", "lamp-1"));
}

TEST_F(MqttAccess, lets_a_device_have_its_answer_at_a_response_topic) {
    EXPECT_EQ(device("lamp-1", "ajour/lamps/lamp-1").ask("-m x", "response/1").output, "command\n");
}

TEST_F(MqttAccess, lets_no_device_lie_about_its_name) {
    for (const auto* branch : {"ajour/lamps/lamp-2", "ajour/other/lamp-1", "ajour/lamps/lamp-1/x",
                               "ajour/lamps/lamp-2/as/lamp-1", "ajour/lamps/gateway/as/lamp-1"}) {
        for (const auto* version : {"mqttv311", "5"}) {
            const auto liar = device("lamp-1", branch, version);
            const auto answer = liar.ask("-m lie -W 1");
            EXPECT_NE(answer.code, 0) << branch;
            EXPECT_EQ(answer.output.find("command"), std::string::npos) << branch;
        }
    }
    EXPECT_EQ(device("lamp-1", "ajour/lamps/lamp-1").ask("-m truth").output, "command\n");
    ASSERT_EQ(server->inbox.messages().size(), 1U) << "a lie reached the server";
    EXPECT_EQ(server->inbox.messages()[0].payload, "truth");
}

TEST_F(MqttAccess, lets_no_device_hear_the_commands_of_another) {
    const auto spy = device("lamp-1", "ajour/lamps/lamp-2");
    spy.subscribe();
    EXPECT_EQ(device("lamp-2", "ajour/lamps/lamp-2").ask().output, "command\n");
    EXPECT_EQ(spy.fetch("-W 3").find("command"), std::string::npos);
}

TEST_F(MqttAccess, lets_no_device_command_another) {
    const auto victim = device("lamp-2", "ajour/lamps/lamp-2", "mqttv311");
    victim.subscribe();
    device("lamp-1", "ajour/lamps/lamp-2", "mqttv311").publish("-m forged", "command/dfu");
    victim.publish();
    EXPECT_EQ(victim.fetch(), "command") << "the first that came to it";
}

TEST_F(MqttAccess, lets_a_gateway_speak_for_others_in_its_own_branch) {
    EXPECT_EQ(device("gateway", "ajour/lamps/gateway/as/lamp-1").ask().output, "command\n");
    EXPECT_EQ(server->inbox.messages().at(0).sender, sdk::DeviceId("lamps", "gateway"));
    EXPECT_NE(device("gateway", "ajour/lamps/lamp-1").ask("-m lie -W 1").code, 0);
    EXPECT_EQ(server->inbox.messages().size(), 1U);
}

TEST_F(MqttAccess, comes_with_queues_for_what_a_fleet_says_while_the_server_is_busy) {
    std::string statuses;
    for (int i = 0; i < 3000; ++i) statuses += "x\n";  // mosquitto has 1000 beside those in flight
    const auto lines = files.write("lines", statuses);
    is_busy = true;
    device("lamp-1", "ajour/lamps/lamp-1").publish("-l < " + lines.string());
    is_busy = false;
    EXPECT_TRUE(server->reaches("statuses", 3000)) << server->host.value("statuses");
}

TEST_F(MqttAccess, lets_nobody_in_without_the_right_password) {
    const MqttDevice stranger{*broker, "-V mqttv311 -u lamps/lamp-1 -P wrong"};
    EXPECT_NE(stranger.ask().code, 0);
    const MqttDevice nameless{*broker};
    EXPECT_NE(nameless.ask().code, 0);
    EXPECT_EQ(server->inbox.messages().size(), 0U);
}

}  // namespace
}  // namespace ajour::integration
