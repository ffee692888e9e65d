// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/plugin.hpp>

#include "lorawan_transport.hpp"
#include "setting_rows.hpp"

namespace {

namespace sdk = ajour::sdk;

constexpr std::int64_t kibibyte = 1024;
constexpr std::int64_t mebibyte = 1024 * kibibyte;
constexpr std::int64_t second = 1000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;

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
    sdk::path_setting("tls.ca", nullptr,
                      "PEM file with the authorities of the server's certificates; nothing: those "
                      "that the system trusts."),
    sdk::path_setting("tls.certificate", nullptr, "PEM file with our certificate and its chain."),
    sdk::path_setting("tls.key", nullptr, "PEM file with the certificate's private key."),
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
    sdk::duration_setting("keep_alive", "30s", 5 * second, 18 * hour,
                          "Longest silence after which the server is asked whether it is there."),
    sdk::duration_setting("timeout.connect", "10s", 100, hour,
                          "Longest time to connect, log in and subscribe."),
    sdk::duration_setting("timeout.stop", "1s", 0, 3900,
                          "Time for queued commands to be sent at stop."),
    sdk::duration_setting("reconnect.min", "1s", 10, hour,
                          "Delay before the first reconnect; it doubles from try to try."),
    sdk::duration_setting("reconnect.max", "1m", 10, 24 * hour, "Longest delay before any."),
    sdk::size_setting("packet.max", "256KiB", kibibyte, mebibyte,
                      "Largest message from the server; MQTT 5 tells it."),
    sdk::integer_setting("receive.max", "1000", 1, 65535,
                         "Messages that the server may send ahead (MQTT 5)."),
    sdk::integer_setting("inflight.max", "128", 1, 10000,
                         "Commands on their way to the server and not yet acknowledged."),
    sdk::integer_setting("queue.max", "10000", 1, 1000000,
                         "Commands that wait for those, or to be posted; more are dropped."),
    sdk::size_setting("queue.max_bytes", "16MiB", 64 * kibibyte, 1024 * mebibyte,
                      "The same in bytes."),
    sdk::end_of_settings};

}  // namespace

AJOUR_PLUGIN(ajour::lorawan::LorawanTransport, "0.1.0",
             "Devices are on LoRaWAN, at The Things Stack or ChirpStack", rows);
