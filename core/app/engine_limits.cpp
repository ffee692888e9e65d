// SPDX-License-Identifier: Apache-2.0
#include "app/engine_limits.hpp"

namespace ajour::app {

namespace {

std::size_t count(const settings::Section& host, const char* key) {
    return static_cast<std::size_t>(host.integer(key));
}

std::uint32_t small(const settings::Section& host, const char* key) {
    return static_cast<std::uint32_t>(host.integer(key));
}

std::uint32_t seconds(const settings::Section& host, const char* key) {
    return static_cast<std::uint32_t>(host.duration(key).count() / 1000);
}

update::Limits update_limits(const settings::Section& host) {
    const bool finish = host.text("update.retarget") == "finish";
    const bool many = host.text("update.replicas") == "many";
    return {small(host, "update.block.max"),
            small(host, "update.block.default"),
            seconds(host, "update.poll"),
            seconds(host, "update.backoff"),
            finish ? update::Retarget::Finish : update::Retarget::Restart,
            many ? update::Replicas::Many : update::Replicas::One};
}

}  // namespace

firmware::Cache::Limits cache_limits(const settings::Section& host) {
    return {
        count(host, "firmware.cache.max_bytes"),
        std::chrono::duration_cast<std::chrono::seconds>(host.duration("firmware.cache.in_use"))};
}

firmware::Catalog::Limits catalog_limits(const settings::Section& host) {
    return {count(host, "firmware.image.max_bytes"), host.duration("firmware.fresh"),
            host.duration("update.backoff"), host.duration("firmware.fetch.timeout"),
            count(host, "firmware.targets.max")};
}

fleet::Fleet::Limits fleet_limits(const settings::Section& host) {
    return {count(host, "fleet.devices.max"), host.duration("fleet.fresh"),
            host.duration("fleet.stale.max")};
}

exchange::Exchange::Limits exchange_limits(const settings::Section& host) {
    return {update_limits(host),
            small(host, "update.poll.jitter"),
            host.duration("exchange.patience"),
            {count(host, "exchange.lane.depth"), count(host, "exchange.lanes.max")},
            {small(host, "exchange.brake.failures"), host.duration("exchange.brake.window"),
             count(host, "exchange.brake.addresses")}};
}

std::size_t login_checks_max(const settings::Section& host) {
    return std::max<std::size_t>(count(host, "ajour.admin.threads") / 2, 1);
}

}  // namespace ajour::app
