// SPDX-License-Identifier: Apache-2.0
#include "settings/host_rows.hpp"

#include <ajour/sdk/settings.hpp>

#include <cstdint>

namespace ajour::settings {

using sdk::boolean_setting;
using sdk::choice_setting;
using sdk::duration_setting;
using sdk::integer_setting;
using sdk::path_setting;
using sdk::size_setting;
using sdk::text_setting;

namespace {

constexpr std::int64_t second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
constexpr std::int64_t kib = 1024, mib = 1024 * kib, gib = 1024 * mib, tib = 1024 * gib;

// clang-format off
constexpr ajour_setting_row rows[] = {
    path_setting("ajour.directory", nullptr,
        "What relative paths in this file start at; nothing means the current working directory."),
    path_setting("ajour.state", "./var",
        "Directory of everything that survives a restart."),
    path_setting("ajour.plugins", "",
        "Directory of the plugins; nothing means the one that came with the program."),
    text_setting("ajour.registry", "embedded",
        "Who knows the devices: embedded, or the name of a registry plugin."),
    choice_setting("ajour.log.level", "info", "debug|info|warning|error",
        "Lines below this level are not written."),
    path_setting("ajour.log.file", "",
        "File that the log is written to; nothing means standard error."),
    size_setting("ajour.log.max_size", "10MiB", 64 * kib, 10 * gib,
        "Size at which a new log file is begun."),
    integer_setting("ajour.log.files", "5", 1, 1000,
        "How many full log files are kept."),
    duration_setting("ajour.stop.deadline", "4s", 100, 10 * minute,
        "How long a stop waits for turns that are under way."),
    boolean_setting("ajour.admin.enabled", "true",
        "Whether the admin server runs: health, metrics and the registry API."),
    text_setting("ajour.admin.address", "127.0.0.1",
        "Address that the admin server listens on."),
    integer_setting("ajour.admin.port", "8088", 0, 65535,
        "Port that the admin server listens on; 0 takes a free one."),
    integer_setting("ajour.admin.threads", "8", 1, 256,
        "Threads of the admin server: as many requests are answered at once."),
    integer_setting("ajour.admin.connections", "64", 1, 10'000,
        "Connections that are yet to ask the admin server, or wait for a thread; one more closes the oldest silent one."),
    size_setting("ajour.admin.body.max", "64KiB", kib, 16 * mib,
        "Largest body of an admin request; a hook's may have 1 MiB."),
    choice_setting("ajour.admin.metrics", "local", "token|local|anyone",
        "Who may read /metrics: who shows an admin token, the loopback interface too, or anyone."),

    integer_setting("update.block.max", "1024", 8, 65'536,
        "Longest block in bytes that a device is sent, however large its mtu is."),
    integer_setting("update.block.default", "512", 8, 65'536,
        "Length in bytes of the blocks for a device that reports no mtu."),
    duration_setting("update.poll", "60s", second, 30 * day,
        "When a device that is in sync, or has nothing to do, is told to ask again."),
    duration_setting("update.backoff", "10s", second, day,
        "When a device is told to ask again after something failed or was not ready."),
    integer_setting("update.poll.jitter", "10", 0, 50,
        "By how many percent these intervals vary, so that a fleet does not ask all at once."),
    choice_setting("update.retarget", "finish", "finish|restart",
        "What a device does that is half way through a release when its target changes."),
    choice_setting("update.replicas", "one", "one|many",
        "Whether other servers answer the same devices (many): then what this one did not serve is no hole in an image."),

    size_setting("firmware.cache.max_bytes", "1GiB", mib, 16 * tib,
        "Size of the cache of releases on disk, with those that are being fetched; one that finds no room beside those in use is refused."),
    duration_setting("firmware.cache.in_use", "10m", second, 30 * day,
        "How long after its last block a release still counts as in use."),
    size_setting("firmware.image.max_bytes", "64MiB", kib, 4 * gib - 1,
        "Largest image that is fetched from a source."),
    duration_setting("firmware.fresh", "10s", 0, day,
        "How long a source's answer holds before the source is asked again."),
    integer_setting("firmware.targets.max", "10000", 1, 10'000'000,
        "How many targets and their releases are remembered; devices with another wait."),
    duration_setting("firmware.fetch.timeout", "5m", second, day,
        "How long fetching one image may take."),

    integer_setting("fleet.devices.max", "1000000", 1, 100'000'000,
        "How many devices are kept in memory."),
    duration_setting("fleet.fresh", "30s", 0, day,
        "How long a registry's answer holds before the registry is asked again."),
    duration_setting("fleet.stale.max", "24h", 0, 365 * day,
        "How long an old answer serves while the registry fails."),
    duration_setting("fleet.report.interval", "500ms", 10, hour,
        "How often what devices reported is written to the registry."),

    duration_setting("exchange.patience", "3s", 0, 5 * minute,
        "How long a status may wait for registry and source before its answer is wait."),
    integer_setting("exchange.lane.depth", "4", 1, 1024,
        "How many statuses of one device may wait."),
    integer_setting("exchange.lanes.max", "100000", 1, 10'000'000,
        "How many devices may have statuses that wait."),
    integer_setting("exchange.workers", "4", 1, 256,
        "Threads per registry and per upstream of a source that do what has to wait."),
    integer_setting("exchange.brake.failures", "10", 1, 1'000'000,
        "Wrong passwords from one address within the window after which it is turned away."),
    duration_setting("exchange.brake.window", "1m", second, day,
        "The window of the brake on guessing passwords."),
    integer_setting("exchange.brake.addresses", "100000", 1, 10'000'000,
        "How many addresses the brake remembers."),

    path_setting("store.file", "",
        "The database file; nothing means ajour.db in the state directory."),
};
// clang-format on

/// A problem of two settings that are right each alone.
void check_together(const Document& document, Checked& checked) {
    if (!checked.problems.empty()) return;
    const auto& section = checked.section;
    const auto block_max = section.integer("update.block.max");
    if (section.integer("update.block.default") <= block_max) return;
    const auto* entry = document.find("update.block.default");
    add(checked.problems,
        {entry == nullptr ? "" : entry->origin.text(), "update.block.default",
         "found " + std::to_string(section.integer("update.block.default")) +
             ", expected at most update.block.max, " + std::to_string(block_max)});
}

}  // namespace

const Table& host_table() {
    static const Table table{"", "", {std::begin(rows), std::end(rows)}};
    return table;
}

std::filesystem::path base_directory(const Document& document) {
    const auto here = std::filesystem::current_path();
    const auto* entry = document.find("ajour.directory");
    if (entry == nullptr || entry->value.empty()) return here;
    return (here / entry->value).lexically_normal();
}

Checked check_host(const Document& document) {
    auto checked = check(document, host_table(), base_directory(document));
    check_together(document, checked);
    return checked;
}

}  // namespace ajour::settings
