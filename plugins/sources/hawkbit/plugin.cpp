// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/plugin.hpp>
#include <ajour/sdk/settings.hpp>

#include "hawkbit_source.hpp"

namespace {

namespace sdk = ajour::sdk;

constexpr std::int64_t second = 1000;
constexpr std::int64_t hour = 3600 * second;
constexpr std::int64_t day = 24 * hour;

constexpr ajour_setting_row rows[] = {
    sdk::text_setting("url", nullptr,
                      "Where hawkBit is, without the tenant: https://hawkbit.example.com."),
    sdk::text_setting("tenant", "DEFAULT", "The tenant, as it stands in hawkBit's paths."),
    sdk::secret_setting("token", "The tenant's gateway token."),
    sdk::path_setting("ca", nullptr,
                      "PEM file with the authorities of hawkBit's certificate; empty: the "
                      "system's."),
    sdk::boolean_setting("plain", "false", "Whether http:// links are followed too."),
    sdk::text_setting("connection.*.url", nullptr, "The same for a connection of that name."),
    sdk::text_setting("connection.*.tenant", "DEFAULT", "Its tenant."),
    sdk::secret_setting("connection.*.token", "Its gateway token."),
    sdk::path_setting("connection.*.ca", nullptr, "Its authorities."),
    sdk::boolean_setting("connection.*.plain", "false", "Whether it may be http://."),
    sdk::list_setting("connection.*.applications", nullptr,
                      "The applications that it serves; empty: those whose target names it."),
    sdk::text_setting("controller", "{application}.{device}",
                      "A device's controller id, with {application} and {device}."),
    sdk::text_setting("part", nullptr,
                      "Type of the software module that is served; empty: any type."),
    sdk::text_setting("artifact", "*",
                      "Name of the artifact that is served, with * and ? as in a shell."),
    sdk::choice_setting("match", "first", "first|one",
                        "first: of several that match, the first; one: several are a failure."),
    sdk::choice_setting("version", "module", "module|metadata",
                        "What a device is offered as version: the module's, or what its metadata "
                        "says."),
    sdk::text_setting("version.key", "version", "That metadata's key."),
    sdk::choice_setting("confirmation", "ask", "ask|confirm|deny|auto",
                        "What is done where hawkBit wants a confirmation: ask waits until "
                        "somebody gives it there, auto switches on auto-confirm."),
    sdk::boolean_setting("attributes", "true",
                         "Whether hawkBit is told the device's labels and version."),
    sdk::text_setting("installed", nullptr,
                      "Name of the distribution set that hawkBit is told a device runs of its own "
                      "accord, with {application}; its version is the device's; empty: it is not "
                      "told."),
    sdk::duration_setting("poll.min", "5s", second, day,
                          "Shortest interval at which hawkBit is asked after a device."),
    sdk::duration_setting("poll.max", "24h", second, 30 * day, "Longest such interval."),
    sdk::integer_setting("poll.jitter", "10", 0, 50,
                         "By how many percent that interval is cut at random."),
    sdk::duration_setting("poll.active", "30s", second, day,
                          "Longest such interval while the device is being updated."),
    sdk::integer_setting("polls.max", "8", 1, 64,
                         "Devices that hawkBit is asked after at once, for each connection."),
    sdk::duration_setting("fresh", "10s", second, hour,
                          "How long the host goes by an answer; a cancellation waits for that."),
    sdk::integer_setting("requests.per_second", "100", 1, 100000,
                         "Most reading requests to one tenant; hawkBit's own limit is 200."),
    sdk::integer_setting("writes.per_second", "20", 1, 100000,
                         "Most writing requests to one tenant; hawkBit's own limit is 50."),
    sdk::integer_setting("controllers.max", "100000", 1, 10000000,
                         "Devices that are known at once; more are refused."),
    sdk::duration_setting("controllers.idle", "30d", hour, 3650 * day,
                          "How long hawkBit is asked after a device that does not ask itself."),
    sdk::integer_setting("feedback.step", "10", 1, 100,
                         "Percent of the image after which hawkBit is told again."),
    sdk::duration_setting("feedback.interval", "60s", 0, day,
                          "Shortest time between two such reports."),
    sdk::integer_setting("feedback.rows", "40", 10, 1000,
                         "Rows that an action may cost in hawkBit; then only its end is told."),
    sdk::integer_setting("outbox.max", "10000", 10, 10000000,
                         "Reports of progress that wait for hawkBit; the oldest go first. How an "
                         "action ended is never dropped."),
    sdk::duration_setting("deadline", "0s", 0, 3650 * day,
                          "Time after which an action that did not end is a failure; 0s: never."),
    sdk::integer_setting("fetch.tries", "3", 1, 100,
                         "How often an image may fail to verify before that is a failure."),
    sdk::size_setting("answer.max", "1MiB", 4096, 64 << 20, "Largest answer that is read."),
    sdk::duration_setting("timeout.connect", "10s", 100, hour, "Longest connecting."),
    sdk::duration_setting("timeout.request", "30s", 100, hour,
                          "Longest request, but for the artifact's."),
    sdk::duration_setting("timeout.stall", "30s", second, hour,
                          "Longest time in which a download brings less than 1 KiB."),
    sdk::end_of_settings};

}  // namespace

AJOUR_PLUGIN(ajour::hawkbit::HawkbitSource, "0.1.0",
             "Deployments of an Eclipse hawkBit, by its Direct Device Integration API", rows);
