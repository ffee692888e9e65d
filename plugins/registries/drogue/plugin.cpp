// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/plugin.hpp>
#include <ajour/sdk/settings.hpp>

#include "drogue_registry.hpp"

namespace {

namespace sdk = ajour::sdk;

constexpr std::int64_t second = 1000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
constexpr std::int64_t mebibyte = 1024 * 1024;

constexpr ajour_setting_row rows[] = {
    sdk::text_setting("url", nullptr,
                      "The cloud's API, as https://api.example; needed with ajour.registry = "
                      "drogue."),
    sdk::boolean_setting("plain", "false", "Whether url and oidc.url may be http://."),
    sdk::text_setting("user", nullptr, "Who the access token is of."),
    sdk::secret_setting("token", "An access token of the user's."),
    sdk::text_setting("oidc.url", nullptr,
                      "Token endpoint of the cloud's OpenID provider; nothing: the one that the "
                      "cloud at url names."),
    sdk::text_setting("oidc.client", nullptr, "Our client id there, instead of user and token."),
    sdk::secret_setting("oidc.secret", "Our client secret there."),
    sdk::path_setting("tls.ca", nullptr,
                      "PEM file with the authorities of the cloud's certificates; empty: the "
                      "system's."),
    sdk::path_setting("tls.certificate", nullptr, "PEM file with our certificate and its chain."),
    sdk::path_setting("tls.key", nullptr, "PEM file with the certificate's private key."),
    sdk::boolean_setting("tls.verify", "true",
                         "Whether the cloud's certificates are checked; false is for tests."),
    sdk::duration_setting("timeout.connect", "5s", 100, hour, "Longest connecting."),
    sdk::duration_setting("timeout.request", "10s", 100, hour, "Longest request."),
    sdk::duration_setting("timeout.stop", "2s", 0, minute,
                          "Time for statuses that wait to be written at stop."),
    sdk::size_setting("answer.max", "16MiB", 64 * 1024, 256 * mebibyte,
                      "Largest answer that is read: a page of devices."),
    sdk::duration_setting("pause.min", "1s", 10, hour,
                          "How long the cloud is left alone after it did not answer, or said 429, "
                          "5xx or that our credential is wrong; it doubles from time to time."),
    sdk::duration_setting("pause.max", "1m", 10, day, "Longest such time."),
    sdk::list_setting("applications", nullptr,
                      "Applications that are looked through from the start; others are when a "
                      "device of theirs was heard."),
    sdk::integer_setting("applications.max", "1000", 1, 100'000,
                         "Applications that are looked through; of others the age counts."),
    sdk::duration_setting("applications.idle", "15m", second, 30 * day,
                          "How long one is looked through after its last look-up."),
    sdk::duration_setting("poll", "30s", 0, day,
                          "Time between two looks through an application for changes; 0: none."),
    sdk::secret_setting("events.secret",
                        "What whoever passes the registry's change events on to us shows as a "
                        "bearer's token; nothing: all are refused."),
    sdk::boolean_setting("events.open", "false", "Whether they are believed without it."),
    sdk::integer_setting("events.max", "10000", 1, 1'000'000,
                         "Objects of events that wait to be asked for; more are left to the next "
                         "look through."),
    sdk::text_setting("labels", nullptr,
                      "Which devices are looked through, in the cloud's words: k, !k, k=v, k!=v, "
                      "k in (a,b), joined by commas; empty: all."),
    sdk::integer_setting("limit", "500", 1, 10'000, "Devices of one page."),
    sdk::duration_setting("cache.age", "5m", 0, day,
                          "How long an object holds that no look through confirmed."),
    sdk::duration_setting("cache.missing", "10s", 0, hour,
                          "How long it holds that there is no such object."),
    sdk::size_setting("cache.max", "256MiB", 64 * 1024, 64 * 1024 * mebibyte,
                      "Memory for objects; the ones not used for longest go first."),
    sdk::integer_setting("status.step", "10", 1, 100,
                         "Percent of progress after which a status is written again."),
    sdk::duration_setting("status.interval", "30s", 0, day,
                          "Shortest time between two statuses that differ in progress alone."),
    sdk::integer_setting("status.turns", "200", 0, 1'000'000,
                         "Fewest turns of the device between them."),
    sdk::duration_setting("status.interval.max", "5m", 0, day,
                          "Time after which they are written however few its turns were."),
    sdk::duration_setting("status.settle", "1s", 0, minute,
                          "How long any other status waits for one that replaces it."),
    sdk::integer_setting("status.max", "100000", 1, 10'000'000,
                         "Devices whose statuses wait or are known; the host keeps more."),
    sdk::integer_setting("status.writers", "4", 1, 64, "Statuses that are written at once."),
    sdk::integer_setting("status.tries", "5", 1, 100,
                         "How often others may write an object between our reading and writing "
                         "before we wait."),
    sdk::end_of_settings};

}  // namespace

AJOUR_PLUGIN(ajour::drogue_registry::DrogueRegistry, "0.1.0",
             "Devices, targets and statuses in a Drogue Cloud's registry", rows);
