// SPDX-License-Identifier: Apache-2.0
#include "status_writer.hpp"

#include "firmware_status.hpp"
#include "gist.hpp"

#include <utility>

namespace ajour::drogue_registry {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

/// Also when another replica wrote it.
bool StatusWriter::says_as_much(const sdk::Report& report, std::string_view former) const {
    const auto found = read_firmware(former);
    return found && gist_of(*found, parts_.step) == gist_of(report, parts_.step);
}

Result<void> StatusWriter::write(const sdk::Report& report) {
    const auto& device = report.device;
    auto known = parts_.records.writable(device);
    for (int i = 0; i < parts_.tries; ++i) {
        auto record = known ? Result<Record>(*std::exchange(known, std::nullopt)) : read(device);
        if (!record) return record.error();
        const auto stored = write_once(report, *record);
        if (!stored) return stored.error();
        if (*stored) return {};
        parts_.metrics.conflicts.add();
    }
    return Error{ErrorKind::Unavailable, "others wrote " + device.text() + " " +
                                             std::to_string(parts_.tries) +
                                             " times between our reading and writing"};
}

Result<Record> StatusWriter::read(const sdk::DeviceId& device) {
    auto record = parts_.cloud.device(device);
    if (parts_.records.keep(device, record, std::chrono::steady_clock::now())) {
        parts_.news.device_changed(device);
    }
    return record;
}

/// False: it was written in between.
Result<bool> StatusWriter::write_once(const sdk::Report& report, const Record& record) {
    const auto former = firmware_of(record);
    const auto firmware = firmware_text(report, former);
    if (says_as_much(report, former)) return true;
    auto text = with_firmware(record, firmware);
    const auto stored = parts_.cloud.put(report.device, text);
    if (!stored) return stored.error();
    if (*stored == Cloud::Stored::Conflict) return false;
    if (*stored == Cloud::Stored::Gone) {
        parts_.records.forget(report.device);
        return Error{ErrorKind::NotFound, report.device.text() + " is gone"};
    }
    parts_.metrics.statuses_written.add();
    parts_.records.wrote(report.device, std::move(text));
    return true;
}

}  // namespace ajour::drogue_registry
