// SPDX-License-Identifier: Apache-2.0
#include "store/embedded_registry.hpp"

#include "json/json.hpp"
#include "store/database.hpp"
#include "store/firmware_status.hpp"
#include "store/object_changes.hpp"
#include "store/object_rows.hpp"
#include "store/objects.hpp"

#include <optional>

namespace ajour::store {

using sdk::DeviceId;
using sdk::DeviceRecord;
using sdk::Result;

namespace {

std::optional<ObjectRow> find_device(Connection& sql, const DeviceId& device) {
    if (device.device.empty()) return std::nullopt;
    auto row = find_row(sql, device.application, device.device);
    return row ? row : find_row_by_alias(sql, device.application, device.device);
}

/// By its name, or by that of an authority that it trusts.
std::optional<ObjectRow> find_application(Connection& sql, const std::string& name) {
    auto row = find_row(sql, name, "");
    return row ? row : find_row_by_alias(sql, no_application, name);
}

bool is_there(const std::optional<ObjectRow>& row) {
    return row && row->deleted.empty();
}

void store_report(Connection& sql, const sdk::Report& report) {
    const auto row = find_device(sql, report.device);
    if (!row) return;
    const auto former = json::parse(row->firmware);
    const auto firmware = firmware_of(report, former ? *former : Json());
    if (json::print(firmware) != row->firmware) store_firmware(sql, row->id, firmware);
}

}  // namespace

Result<void> EmbeddedRegistry::start(sdk::Changes& changes) {
    objects_.announce_to(&changes);
    running_ = true;
    return {};
}

void EmbeddedRegistry::stop() {
    if (running_) objects_.announce_to(nullptr);
    running_ = false;
}

Result<DeviceRecord> EmbeddedRegistry::look_up(const DeviceId& device) {
    return database_.read([&](Connection& sql) -> Result<DeviceRecord> {
        const auto application = find_application(sql, device.application);
        if (!is_there(application)) return no_such(device.application);
        const auto found = find_device(sql, {application->application, device.device});
        if (!is_there(found)) return no_such(device.application, device.device);
        return DeviceRecord{json::print(object_of(*application)), json::print(object_of(*found))};
    });
}

Result<void> EmbeddedRegistry::report(std::span<const sdk::Report> reports) {
    return database_.change(Durability::Reported, [&](Connection& sql) {
        for (const auto& report : reports) store_report(sql, report);
        return Result<void>();
    });
}

}  // namespace ajour::store
