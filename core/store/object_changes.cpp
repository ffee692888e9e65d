// SPDX-License-Identifier: Apache-2.0
#include "store/object_changes.hpp"

#include "digest/random.hpp"
#include "store/connection.hpp"
#include "store/firmware_status.hpp"
#include "store/timestamp.hpp"
#include "store/trust_anchors.hpp"

#include <chrono>

namespace ajour::store {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

using Names = std::vector<std::string>;

std::string quoted(const std::string& name) {
    return "\"" + name + "\"";
}

std::string described(const std::string& application, const std::string& device) {
    if (device.empty()) return "application " + quoted(application);
    return "device " + quoted(device) + " of application " + quoted(application);
}

Error conflict(std::string text) {
    return {ErrorKind::Mismatch, std::move(text)};
}

std::string now() {
    return timestamp(std::chrono::system_clock::now());
}

void copy_texts(const Document& document, ObjectRow& row) {
    row.labels = json::print(document.labels);
    row.annotations = json::print(document.annotations);
    row.finalizers = json::print(document.finalizers);
    row.spec = json::print(document.spec);
    row.status = json::print(document.status);
}

Result<void> check_application(Connection& sql, const std::string& application) {
    auto rows = sql.select("SELECT deleted FROM objects WHERE application = ? AND device = ''",
                           application);
    if (!rows.next() || !rows.text(0).empty()) return no_such(application);
    return {};
}

Result<void> check_aliases(Connection& sql, const ObjectRow& row, const Names& aliases) {
    for (const auto& alias : aliases) {
        if (auto checked = check_device_name(alias); !checked) return checked.error().in("alias");
        if (is_taken(sql, row.application, alias, row.id)) {
            return conflict("alias " + quoted(alias) + " is taken by another device");
        }
    }
    return {};
}

Result<void> rename_anchors(Connection& sql, const ObjectRow& row, const Json& spec) {
    const auto names = anchor_names_in(spec);
    if (!names) return names.error();
    for (const auto& name : *names) {
        if (!is_taken(sql, no_application, name, row.id)) continue;
        return conflict("the authority " + quoted(name) +
                        " is a trust anchor of another application, and would not tell whose its "
                        "devices are");
    }
    store_aliases(sql, no_application, row, *names);
    return {};
}

Result<void> rename_aliases(Connection& sql, const ObjectRow& row, const Json& spec) {
    if (row.device.empty()) return rename_anchors(sql, row, spec);
    const auto aliases = aliases_in(spec);
    if (auto checked = check_aliases(sql, row, aliases); !checked) return checked;
    store_aliases(sql, row.application, row, aliases);
    return {};
}

Result<void> check_is_new(Connection& sql, const Document& document) {
    const bool is_device = !document.device.empty();
    if (is_device) {
        if (auto found = check_application(sql, document.application); !found) return found;
    }
    const bool taken = is_device ? is_taken(sql, document.application, document.device, 0)
                                 : find_row(sql, document.application, "").has_value();
    if (!taken) return {};
    return conflict(described(document.application, document.device) + " exists already");
}

Result<void> check_revision(const ObjectRow& row, const std::string& uid,
                            const std::string& resource_version) {
    const bool same = (uid.empty() || uid == row.uid) &&
                      (resource_version.empty() || resource_version == row.resource_version);
    if (same) return {};
    return conflict("Conflict");  // all that Drogue Cloud says of it
}

/// Clients that read, change and write a device bring its `status.firmware` along, and clients that
/// build the body anew leave it out. It is the devices' own report, so leaving it out keeps it, and
/// a given one counts as an explicit change; null removes it. (Drogue Cloud removes it in both
/// cases, but there the next status brings it back, while our host writes only what differs from
/// its last report.)
bool changes_firmware(const Document& document, const ObjectRow& row) {
    if (!document.firmware) return false;
    const bool removed = document.firmware->is_null();
    return removed ? !row.firmware.empty() : json::print(*document.firmware) != row.firmware;
}

bool has_same_texts(const ObjectRow& left, const ObjectRow& right) {
    return left.labels == right.labels && left.annotations == right.annotations &&
           left.finalizers == right.finalizers && left.spec == right.spec &&
           left.status == right.status;
}

Result<void> update(Connection& sql, const Document& document, const ObjectRow& former) {
    ObjectRow row = former;
    copy_texts(document, row);
    const bool firmware_changes = changes_firmware(document, former);
    if (has_same_texts(row, former) && !firmware_changes) return {};
    row.resource_version = digest::random_uuid();
    if (row.spec != former.spec) ++row.generation;
    update_row(sql, row);
    if (firmware_changes) store_firmware(sql, row.id, *document.firmware);
    return rename_aliases(sql, row, document.spec);
}

/// Drogue Cloud deletes an application's devices with it. Here one request must not be able to
/// erase a fleet with its credentials beyond recall: an application goes only when it is empty.
Result<void> check_is_empty(Connection& sql, const ObjectRow& row) {
    if (!row.device.empty()) return {};
    auto rows = sql.select("SELECT count(*) FROM objects WHERE application = ? AND device <> ''",
                           row.application);
    const auto devices = rows.next() ? rows.integer(0) : 0;
    if (devices == 0) return {};
    return conflict(described(row.application, "") + " still has " + std::to_string(devices) +
                    " devices: delete them first");
}

}  // namespace

Error no_such(const std::string& application, const std::string& device) {
    return {ErrorKind::NotFound, described(application, device) + " does not exist"};
}

Result<void> insert_object(Connection& sql, const Document& document) {
    if (auto checked = check_is_new(sql, document); !checked) return checked;
    ObjectRow row;
    row.application = document.application;
    row.device = document.device;
    row.uid = digest::random_uuid();
    row.resource_version = digest::random_uuid();
    row.created = now();
    copy_texts(document, row);
    row.id = insert_row(sql, row);
    if (document.firmware) store_firmware(sql, row.id, *document.firmware);
    return rename_aliases(sql, row, document.spec);
}

Result<void> replace_object(Connection& sql, const Document& document, const ObjectRow& former) {
    if (auto checked = check_revision(former, document.uid, document.resource_version); !checked) {
        return checked;
    }
    if (former.deleted.empty() || !document.finalizers.empty()) {
        return update(sql, document, former);
    }
    delete_row(sql, former);
    return {};
}

Result<void> remove_object(Connection& sql, ObjectRow row, const Preconditions& preconditions) {
    if (!row.deleted.empty()) return no_such(row.application, row.device);
    if (auto checked = check_revision(row, preconditions.uid, preconditions.resource_version);
        !checked) {
        return checked;
    }
    if (auto checked = check_is_empty(sql, row); !checked) return checked;
    if (row.finalizers == "[]") {
        delete_row(sql, row);
        return {};
    }
    row.deleted = now();
    row.resource_version = digest::random_uuid();
    ++row.generation;
    update_row(sql, row);
    return {};
}

}  // namespace ajour::store
