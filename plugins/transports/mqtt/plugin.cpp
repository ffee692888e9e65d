// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/plugin.hpp>

#include "mqtt_transport.hpp"

namespace {

namespace sdk = ajour::sdk;

constexpr std::int64_t kibibyte = 1024;
constexpr std::int64_t mebibyte = 1024 * kibibyte;
constexpr std::int64_t second = 1000;
constexpr std::int64_t hour = 3600 * second;

constexpr ajour_setting_row rows[] = {
    sdk::text_setting("server", nullptr,
                      "The broker, as mqtt://HOST:PORT or, with TLS, mqtts://HOST:PORT; nothing: "
                      "the plugin is idle."),
    sdk::choice_setting("version", "5", "3.1.1|5", "Version of MQTT."),
    sdk::text_setting("client_id", nullptr, "Our name at the broker; nothing takes a random one."),
    sdk::text_setting("user", nullptr, "Our user name at the broker."),
    sdk::secret_setting("password", "Our password at the broker."),
    sdk::path_setting("tls.ca", nullptr,
                      "PEM file with the authorities of the broker's certificate; nothing: those "
                      "that the system trusts."),
    sdk::path_setting("tls.certificate", nullptr, "PEM file with our certificate and its chain."),
    sdk::path_setting("tls.key", nullptr, "PEM file with the certificate's private key."),
    sdk::choice_setting("authentication", "broker", "broker|none",
                        "broker: its access control guards the topics, and a topic names its "
                        "device; none: nothing guards them, and whoever publishes is believed."),
    sdk::text_setting("topic.status", "ajour/{application}/{device}/{channel}",
                      "Where devices publish their statuses; {channel} is dfu."),
    sdk::text_setting("topic.command", "ajour/{application}/{device}/command/{channel}",
                      "Where a device gets its commands."),
    sdk::boolean_setting("gateways", "true", "Whether the next two topics are served."),
    sdk::text_setting("topic.gateway.status", "ajour/{application}/{sender}/as/{device}/{channel}",
                      "Where a gateway, {sender}, publishes the statuses of its devices."),
    sdk::text_setting("topic.gateway.command",
                      "ajour/{application}/{sender}/as/{device}/command/{channel}",
                      "Where a gateway gets the commands for its devices."),
    sdk::text_setting("topic.response", "ajour/{application}/{sender}",
                      "A response topic (MQTT 5) is honoured when it lies below this."),
    sdk::text_setting("topic.presence", "ajour/status",
                      "Where it says that it is online or, as its last will, offline."),
    sdk::text_setting("group", nullptr,
                      "Replicas of one group share the statuses ($share/GROUP/...); nothing: each "
                      "gets all of them."),
    sdk::choice_setting("qos", "1", "0|1", "Quality of service of statuses and commands."),
    sdk::duration_setting("keep_alive", "30s", 5 * second, 18 * hour,
                          "Longest silence after which the broker is asked whether it is there."),
    sdk::duration_setting("timeout.connect", "10s", 100, hour,
                          "Longest time to connect, log in and subscribe."),
    sdk::duration_setting("timeout.stop", "1s", 0, 3900,
                          "Time for queued commands to be sent at stop."),
    sdk::duration_setting("reconnect.min", "1s", 10, hour,
                          "Delay before the first reconnect; it doubles from try to try."),
    sdk::duration_setting("reconnect.max", "1m", 10, 24 * hour, "Longest delay before any."),
    sdk::size_setting("packet.max", "64KiB", kibibyte, mebibyte,
                      "Largest packet, either way; MQTT 5 tells the broker."),
    sdk::integer_setting("receive.max", "1000", 1, 65535,
                         "Statuses that the broker may send ahead (MQTT 5)."),
    sdk::integer_setting("inflight.max", "128", 1, 10000,
                         "Commands on their way to the broker and not yet acknowledged."),
    sdk::integer_setting("queue.max", "10000", 1, 1000000,
                         "Commands that wait for those; more are dropped, and devices ask again."),
    sdk::size_setting("queue.max_bytes", "16MiB", 64 * kibibyte, 1024 * mebibyte,
                      "The same in bytes."),
    sdk::end_of_settings};

}  // namespace

AJOUR_PLUGIN(ajour::mqtt::MqttTransport, "0.1.0", "Devices talk through an MQTT broker", rows);
