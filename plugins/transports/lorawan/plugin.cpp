// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/plugin.hpp>

#include "connection_rows.hpp"
#include "lorawan_transport.hpp"
#include "setting_rows.hpp"

namespace {

namespace sdk = ajour::sdk;

constexpr std::int64_t second = 1000;
constexpr std::int64_t minute = 60 * second;

constexpr ajour_setting_row rows[] = {
    sdk::choice_setting("network", "the_things_stack", "the_things_stack|chirpstack",
                        "Whose network server it is: The Things Stack v3, or ChirpStack v4."),
    sdk::text_setting("server", nullptr,
                      "Its MQTT server, as mqtts://HOST:PORT or, without TLS, mqtt://HOST:PORT; "
                      "nothing: uplinks come by webhook only."),
    sdk::choice_setting("version", "3.1.1", "3.1.1|5",
                        "Version of MQTT; The Things Stack has 3.1.1."),
    sdk::text_setting("client_id", nullptr, "Our name there; nothing takes a random one."),
    sdk::text_setting("user", nullptr,
                      "Our user there; of The Things Stack the application, as app@tenant."),
    sdk::secret_setting("password", "Its password; of The Things Stack an API key."),
    AJOUR_MQTT_TLS_ROWS("the server's certificates"),
    sdk::list_setting("applications", nullptr,
                      "Applications to serve, as topics have them; nothing: that of user at The "
                      "Things Stack, all at ChirpStack."),
    sdk::text_setting("name.application", "{application}",
                      "What an application is called here, of {application}, {application_id}, "
                      "{tenant}, {device} and {device_eui}."),
    sdk::text_setting("name.device", "{device}", "The same for a device."),
    sdk::list_setting("fports", "223,1", "Ports that statuses come on."),
    sdk::integer_setting("command.fport", "223", 0, 223,
                         "Port of the commands; 0: that of the status."),
    AJOUR_LORA_REGION_ROWS(""),
    sdk::integer_setting("payload.max", "242", 11, 242,
                         "Bytes of the largest command, however much the data rate carries."),
    AJOUR_LORA_AIRTIME_ROWS(""),
    sdk::secret_setting("webhook.secret",
                        "What webhooks carry as Authorization: Bearer SECRET; nothing: none are "
                        "taken."),
    sdk::text_setting("webhook.id", "ajour",
                      "The webhook's id at The Things Stack, by which its downlinks are posted."),
    sdk::text_setting("api", nullptr,
                      "URL of The Things Stack, as https://eu1.stack.example, for downlinks that "
                      "answer webhooks."),
    sdk::secret_setting("api.key", "An API key there that may write downlinks."),
    sdk::boolean_setting("plain", "false", "Whether api may be http://."),
    sdk::duration_setting("api.timeout", "10s", 100, 5 * minute, "Longest time for a request."),
    sdk::integer_setting("api.threads", "2", 1, 64, "Downlinks that are posted at once."),
    sdk::choice_setting("qos", "0", "0|1",
                        "Quality of service of uplinks and commands; The Things Stack has 0."),
    AJOUR_MQTT_TIME_ROWS("the server"),
    AJOUR_MQTT_BOUND_ROWS("the server", "256KiB",
                          "Largest message from the server; MQTT 5 tells it.", "Messages",
                          "those, or to be posted"),
    sdk::end_of_settings};

}  // namespace

AJOUR_PLUGIN(ajour::lorawan::LorawanTransport, "0.1.0",
             "Devices are on LoRaWAN, at The Things Stack or ChirpStack", rows);
