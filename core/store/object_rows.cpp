// SPDX-License-Identifier: Apache-2.0
#include "store/object_rows.hpp"

#include "store/connection.hpp"

#include <algorithm>

namespace ajour::store {

namespace {

const std::string select_rows =
    "SELECT o.id, o.application, o.device, o.uid, o.created, o.generation, o.resource_version, "
    "o.deleted, o.labels, o.annotations, o.finalizers, o.spec, o.status, f.firmware "
    "FROM objects o LEFT JOIN firmware_status f ON f.object = o.id ";

ObjectRow row_of(const Rows& rows) {
    ObjectRow row;
    row.id = rows.integer(0);
    row.application = rows.text(1);
    row.device = rows.text(2);
    row.uid = rows.text(3);
    row.created = rows.text(4);
    row.generation = rows.integer(5);
    row.resource_version = rows.text(6);
    row.deleted = rows.text(7);
    row.labels = rows.text(8);
    row.annotations = rows.text(9);
    row.finalizers = rows.text(10);
    row.spec = rows.text(11);
    row.status = rows.text(12);
    row.firmware = rows.text(13);
    return row;
}

std::optional<ObjectRow> first_of(Rows rows) {
    if (!rows.next()) return std::nullopt;
    return row_of(rows);
}

std::vector<ObjectRow> all_of(Rows rows) {
    std::vector<ObjectRow> found;
    while (rows.next()) found.push_back(row_of(rows));
    return found;
}

Json stored_json(const std::string& text) {
    auto parsed = json::parse(text);
    if (!parsed) throw SqlFailure(sdk::ErrorKind::Internal, "a stored object is damaged");
    return *std::move(parsed);
}

void add_unless_empty(Json& object, const char* name, const std::string& text) {
    auto value = stored_json(text);
    if (!value.empty()) object[name] = std::move(value);
}

Json metadata_of(const ObjectRow& row) {
    const bool is_device = !row.device.empty();
    Json metadata = {{"name", is_device ? row.device : row.application},
                     {"uid", row.uid},
                     {"creationTimestamp", row.created},
                     {"generation", row.generation},
                     {"resourceVersion", row.resource_version}};
    if (is_device) metadata["application"] = row.application;
    if (!row.deleted.empty()) metadata["deletionTimestamp"] = row.deleted;
    add_unless_empty(metadata, "labels", row.labels);
    add_unless_empty(metadata, "annotations", row.annotations);
    add_unless_empty(metadata, "finalizers", row.finalizers);
    return metadata;
}

void add_texts(const Json* list, std::vector<std::string>& texts) {
    if (list == nullptr || !list->is_array()) return;
    for (const auto& entry : *list) {
        if (entry.is_string()) texts.push_back(entry.get<std::string>());
    }
}

bool is_unique(const Json& credential) {
    const Json* unique = json::at(credential, {"user", "unique"});
    return unique != nullptr && unique->is_boolean() && unique->get<bool>();
}

/// Of unique users, and of certificates.
void add_names(const Json* credentials, std::vector<std::string>& names) {
    if (credentials == nullptr || !credentials->is_array()) return;
    for (const auto& credential : *credentials) {
        if (is_unique(credential)) names.push_back(json::text(credential["user"], "username"));
        const Json* certificate = json::member(credential, "cert");
        if (certificate != nullptr && certificate->is_string()) {
            names.push_back(certificate->get<std::string>());
        }
    }
}

}  // namespace

std::optional<ObjectRow> find_row(Connection& connection, std::string_view application,
                                  std::string_view device) {
    static const std::string sql = select_rows + "WHERE o.application = ? AND o.device = ?";
    return first_of(connection.select(sql, application, device));
}

std::optional<ObjectRow> find_row_by_alias(Connection& connection, std::string_view application,
                                           std::string_view alias) {
    static const std::string sql =
        select_rows +
        "WHERE o.id = (SELECT object FROM aliases WHERE application = ? AND alias = ?)";
    return first_of(connection.select(sql, application, alias));
}

std::vector<ObjectRow> application_rows(Connection& connection, const RowRange& range) {
    static const std::string sql = select_rows +
                                   "WHERE o.device = '' AND o.application > ? "
                                   "ORDER BY o.application LIMIT ? OFFSET ?";
    return all_of(connection.select(sql, range.after, range.limit, range.offset));
}

std::vector<ObjectRow> device_rows(Connection& connection, std::string_view application,
                                   const RowRange& range) {
    static const std::string sql = select_rows +
                                   "WHERE o.application = ? AND o.device > ? "
                                   "ORDER BY o.device LIMIT ? OFFSET ?";
    return all_of(connection.select(sql, application, range.after, range.limit, range.offset));
}

std::int64_t insert_row(Connection& connection, const ObjectRow& row) {
    connection.run(
        "INSERT INTO objects (application, device, uid, created, generation, resource_version, "
        "deleted, labels, annotations, finalizers, spec, status) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.application, row.device, row.uid, row.created, row.generation, row.resource_version,
        row.deleted, row.labels, row.annotations, row.finalizers, row.spec, row.status);
    return connection.last_row_id();
}

void update_row(Connection& connection, const ObjectRow& row) {
    connection.run(
        "UPDATE objects SET generation = ?, resource_version = ?, deleted = ?, labels = ?, "
        "annotations = ?, finalizers = ?, spec = ?, status = ? WHERE id = ?",
        row.generation, row.resource_version, row.deleted, row.labels, row.annotations,
        row.finalizers, row.spec, row.status, row.id);
}

void delete_row(Connection& connection, const ObjectRow& row) {
    connection.run("DELETE FROM flights WHERE application = ? AND device = ?", row.application,
                   row.device);
    connection.run("DELETE FROM objects WHERE id = ?", row.id);
}

Json object_of(const ObjectRow& row) {
    Json object = {{"metadata", metadata_of(row)}};
    add_unless_empty(object, "spec", row.spec);
    add_unless_empty(object, "status", row.status);
    if (!row.firmware.empty()) object["status"]["firmware"] = stored_json(row.firmware);
    return object;
}

std::vector<std::string> aliases_in(const Json& spec) {
    std::vector<std::string> names;
    add_texts(json::member(spec, "alias"), names);
    add_names(json::at(spec, {"authentication", "credentials"}), names);
    add_names(json::at(spec, {"credentials", "credentials"}), names);
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

std::vector<std::string> aliases_of(Connection& connection, std::int64_t object) {
    auto rows = connection.select("SELECT alias FROM aliases WHERE object = ?", object);
    std::vector<std::string> names;
    while (rows.next()) names.emplace_back(rows.text(0));
    return names;
}

void store_aliases(Connection& connection, std::string_view application, const ObjectRow& row,
                   const std::vector<std::string>& aliases) {
    connection.run("DELETE FROM aliases WHERE object = ?", row.id);
    for (const auto& alias : aliases) {
        if (alias == row.device) continue;
        connection.run("INSERT INTO aliases (application, alias, object) VALUES (?, ?, ?)",
                       application, alias, row.id);
    }
}

bool is_taken(Connection& connection, std::string_view application, std::string_view name,
              std::int64_t object) {
    auto rows = connection.select(
        "SELECT EXISTS (SELECT 1 FROM objects WHERE application = ?1 AND device = ?2 AND id <> ?3) "
        "OR EXISTS (SELECT 1 FROM aliases WHERE application = ?1 AND alias = ?2 AND object <> ?3)",
        application, name, object);
    return rows.next() && rows.integer(0) != 0;
}

}  // namespace ajour::store
