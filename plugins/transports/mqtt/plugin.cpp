// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/plugin.hpp>

#include "connection_rows.hpp"
#include "mqtt_transport.hpp"

namespace {

namespace sdk = ajour::sdk;

constexpr ajour_setting_row rows[] = {
    sdk::text_setting("server", nullptr,
                      "The broker, as mqtt://HOST:PORT or, with TLS, mqtts://HOST:PORT; nothing: "
                      "the plugin is idle."),
    sdk::choice_setting("version", "5", "3.1.1|5", "Version of MQTT."),
    sdk::text_setting("client_id", nullptr, "Our name at the broker; nothing takes a random one."),
    sdk::text_setting("user", nullptr, "Our user name at the broker."),
    sdk::secret_setting("password", "Our password at the broker."),
    AJOUR_MQTT_TLS_ROWS("the broker's certificate"),
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
    AJOUR_MQTT_TIME_ROWS("the broker"),
    AJOUR_MQTT_BOUND_ROWS("the broker", "64KiB",
                          "Largest packet, either way; MQTT 5 tells the broker.", "Statuses",
                          "those"),
    sdk::end_of_settings};

}  // namespace

AJOUR_PLUGIN(ajour::mqtt::MqttTransport, "0.1.0", "Devices talk through an MQTT broker", rows);
