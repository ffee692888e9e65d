// SPDX-License-Identifier: Apache-2.0
#include "look_ups.hpp"

#include "firmware_status.hpp"
#include "paths.hpp"

namespace ajour::drogue_registry {

using sdk::DeviceId;
using sdk::DeviceRecord;
using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;
using Clock = std::chrono::steady_clock;

namespace {

/// What the cloud refuses us, or says wrong, is no fault of the device, which should ask again.
Error for_host(Error error) {
    const bool is_told = error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Timeout;
    if (!is_told) error.kind = ErrorKind::Unavailable;
    return error;
}

}  // namespace

Result<DeviceRecord> LookUps::look_up(const DeviceId& id) {
    if (!is_name(id.application) || !is_name(id.device)) {
        return Error{ErrorKind::NotFound, "no device can have that name"};
    }
    const auto of_application = application(id.application);
    if (!of_application) return for_host(of_application.error());
    (void)parts_.active.note(id.application, Clock::now());
    const auto of_device = device(id);
    if (!of_device) return for_host(of_device.error());
    return DeviceRecord{of_application->text, text_of(id, *of_device)};
}

Result<Record> LookUps::application(const std::string& name) {
    const DeviceId id(name, "");
    if (auto known = parts_.records.fresh(id, Clock::now())) return *std::move(known);
    const std::lock_guard lock(asking_);
    if (auto known = parts_.records.fresh(id, Clock::now())) return *std::move(known);
    auto found = parts_.cloud.application(name);
    if (parts_.records.keep(id, found, Clock::now())) parts_.news.application_changed(name);
    if (found && parts_.active.note(name, Clock::now())) list_some(name);
    return found;
}

/// When one device of an application is heard, others soon are: a page costs one request.
void LookUps::list_some(const std::string& name) {
    if (parts_.options.poll == parts_.options.poll.zero()) return;
    auto records = parts_.cloud.devices(name, {parts_.options.labels, parts_.options.limit, 0});
    if (!records) return;
    for (auto& record : *records) {
        const DeviceId id(name, record.name);
        if (parts_.records.keep_listed(id, std::move(record), 0, Clock::now())) {
            parts_.news.device_changed(id);
        }
    }
}

Result<Record> LookUps::device(const DeviceId& device) {
    if (auto known = parts_.records.fresh(device, Clock::now())) {
        parts_.metrics.remembered.add();
        return *std::move(known);
    }
    auto found = parts_.cloud.device(device);
    if (parts_.records.keep(device, found, Clock::now())) parts_.outbox.forget(device);
    return found;
}

std::string LookUps::text_of(const DeviceId& device, const Record& record) const {
    const auto waiting = parts_.outbox.waiting(device);
    if (!waiting) return record.text;
    return with_firmware(record, firmware_text(*waiting, firmware_of(record)));
}

}  // namespace ajour::drogue_registry
