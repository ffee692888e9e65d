// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/plugin.hpp>

#include "connection_rows.hpp"
#include "drogue_transport.hpp"
#include "setting_rows.hpp"

namespace {

namespace sdk = ajour::sdk;

constexpr std::int64_t kibibyte = 1024;
constexpr std::int64_t mebibyte = 1024 * kibibyte;
constexpr std::int64_t second = 1000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;

constexpr ajour_setting_row rows[] = {
    sdk::text_setting("server", nullptr,
                      "The cloud's MQTT integration, as mqtts://HOST:PORT or, without TLS, "
                      "mqtt://HOST:PORT; nothing: where the cloud at api says, or, without that, "
                      "the plugin is idle."),
    sdk::choice_setting("input", "mqtt", "mqtt|websocket",
                        "How events come: by the MQTT integration at server, or by the WebSocket "
                        "integration, which needs commands = http."),
    sdk::text_setting("websocket.url", nullptr,
                      "The cloud's WebSocket integration, as wss://HOST:PORT/ or, without TLS, "
                      "ws://HOST:PORT/; nothing: where the cloud at api says."),
    sdk::integer_setting("websocket.max", "64", 1, 10000,
                         "Applications that are listened to by it, each on a connection."),
    sdk::choice_setting("version", "5", "3.1.1|5", "Version of MQTT."),
    sdk::text_setting("client_id", nullptr,
                      "Our name at the integration; nothing takes a random one, as replicas must."),
    sdk::text_setting("user", nullptr, "Who the access token is of."),
    sdk::secret_setting("token", "An access token of the user's."),
    sdk::text_setting("oidc.url", nullptr,
                      "Token endpoint of the OpenID provider; nothing: the one that the cloud at "
                      "api names."),
    sdk::text_setting("oidc.client", nullptr, "Our client id there, instead of user and token."),
    sdk::secret_setting("oidc.secret", "Our client secret there."),
    AJOUR_MQTT_TLS_ROWS("the cloud's certificates"),
    sdk::text_setting("api", nullptr,
                      "URL of the cloud's HTTP interfaces, as https://api.example; needed to list "
                      "applications and for commands = http; it says where the rest is."),
    sdk::duration_setting("api.timeout", "10s", 100, 5 * minute,
                          "Longest time for a request to them."),
    sdk::size_setting("api.answer.max", "4MiB", 64 * kibibyte, 64 * mebibyte,
                      "Largest answer of theirs; the list of applications comes in several."),
    sdk::boolean_setting("plain", "false", "Whether api and oidc.url may be http://."),
    sdk::list_setting("applications", nullptr,
                      "Applications to serve; nothing: all that we may read, which needs api."),
    sdk::list_setting("applications.excluded", nullptr, "Of these, the ones not to serve."),
    sdk::duration_setting("applications.refresh", "5m", second, 24 * hour,
                          "Time between two looks at which applications there are."),
    sdk::integer_setting("applications.max", "1000", 1, 100000,
                         "Applications that are served, those that are excluded apart; more are "
                         "left out, and it is said."),
    sdk::integer_setting("applications.limit", "100", 1, 1000,
                         "Applications that are asked for at once; fewer when their objects are "
                         "large."),
    sdk::duration_setting("subscribe.retry", "1m", second, 24 * hour,
                          "Time after which a subscription that was refused is asked for again."),
    sdk::text_setting("group", nullptr,
                      "Replicas of one group share the events ($share/GROUP/...); nothing: each "
                      "gets all of them."),
    sdk::choice_setting("content_mode", "structured", "structured|binary",
                        "How events are written; binary needs version = 5."),
    sdk::list_setting("channels", "dfu", "Channels that statuses come on."),
    sdk::text_setting("lora.sender", "ttn-gateway",
                      "The device that speaks for those on LoRaWAN; none: there is none."),
    sdk::list_setting("lora.fports", "223,1", "Ports that its statuses come on."),
    sdk::integer_setting("lora.command.fport", "223", 0, 223,
                         "Port of the commands to them; 0: that of the status."),
    AJOUR_LORA_REGION_ROWS("lora."),
    sdk::integer_setting("lora.payload.max", "222", 11, 242,
                         "Bytes of the largest command to them, however much the data rate "
                         "carries."),
    AJOUR_LORA_AIRTIME_ROWS("lora."),
    sdk::duration_setting("stale.after", "5m", 0, 24 * hour,
                          "Age of events that are passed over; 0: none are."),
    sdk::duration_setting("stale.skew", "5m", 0, 24 * hour,
                          "How far the cloud's clock may be ahead of ours."),
    sdk::choice_setting("commands", "mqtt", "mqtt|http",
                        "How commands are sent: by the MQTT integration, or by the HTTP command "
                        "interface, which says what became of each."),
    sdk::integer_setting("commands.threads", "4", 1, 64,
                         "Commands that are sent at once with commands = http."),
    sdk::size_setting("command.max", "16KiB", 128, mebibyte,
                      "Largest packet, or body, that the cloud takes."),
    sdk::choice_setting("qos", "1", "0|1", "Quality of service of events and commands."),
    AJOUR_MQTT_TIME_ROWS("the cloud"),
    AJOUR_MQTT_BOUND_ROWS("the cloud", "256KiB", "Largest event; MQTT 5 tells the cloud.", "Events",
                          "those"),
    sdk::end_of_settings};

}  // namespace

AJOUR_PLUGIN(ajour::drogue::DrogueTransport, "0.1.0", "Devices talk through Drogue Cloud", rows);
