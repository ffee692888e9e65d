// SPDX-License-Identifier: Apache-2.0
#include "store/objects.hpp"

#include "store/database.hpp"
#include "store/document.hpp"
#include "store/firmware_status.hpp"
#include "store/object_changes.hpp"
#include "store/object_pages.hpp"
#include "store/object_rows.hpp"

#include <algorithm>
#include <iterator>
#include <mutex>

namespace ajour::store {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

Result<ObjectName> Objects::create_application(const Json& body) {
    const auto document = read_document(body, Kind::Application);
    if (!document) return document.error();
    const auto created = database_.change(
        Durability::Registry, [&](Connection& sql) { return insert_object(sql, *document); });
    if (!created) return created.error();
    ObjectName name{document->application, {}};
    announce(name, {});
    return name;
}

Result<ObjectName> Objects::create_device(const Json& body) {
    if (auto created = create_devices({&body, 1}); !created) return created.error();
    const auto& metadata = body["metadata"];
    return ObjectName{json::text(metadata, "application"), json::text(metadata, "name")};
}

Result<void> Objects::create_devices(std::span<const Json> bodies) {
    std::vector<Document> documents;
    documents.reserve(bodies.size());
    for (const auto& body : bodies) {
        auto document = read_document(body, Kind::Device);
        if (!document) return document.error();
        documents.push_back(*std::move(document));
    }
    const auto created = database_.change(Durability::Registry, [&](Connection& sql) {
        for (const auto& document : documents) {
            if (auto inserted = insert_object(sql, document); !inserted) return inserted;
        }
        return Result<void>();
    });
    if (!created) return created;
    for (const auto& document : documents) {
        announce({document.application, document.device}, aliases_in(document.spec));
    }
    return {};
}

Result<Json> Objects::find(const ObjectName& name) const {
    return database_.read([&](Connection& sql) -> Result<Json> {
        const auto row = find_row(sql, name.application, name.device);
        if (!row) return no_such(name.application, name.device);
        return object_of(*row);
    });
}

Result<std::vector<Json>> Objects::list_applications(const ListQuery& query) const {
    return read_page(database_, query, application_rows);
}

Result<std::vector<Json>> Objects::list_devices(std::string_view application,
                                                const ListQuery& query) const {
    const auto exists = database_.read([&](Connection& sql) -> Result<void> {
        if (!find_row(sql, application, "")) return no_such(std::string(application));
        return {};
    });
    if (!exists) return exists.error();
    return read_page(database_, query, [&](Connection& sql, const RowRange& range) {
        return device_rows(sql, application, range);
    });
}

Result<void> Objects::replace(const ObjectName& name, const Json& body) {
    const auto document = read_document(body, name.is_device() ? Kind::Device : Kind::Application);
    if (!document) return document.error();
    if (document->application != name.application || document->device != name.device) {
        return Error{ErrorKind::Malformed, "metadata names another object than the path"};
    }
    std::vector<std::string> aliases = aliases_in(document->spec);
    const auto replaced = database_.change(Durability::Registry, [&](Connection& sql) {
        const auto row = find_row(sql, name.application, name.device);
        if (!row) return Result<void>(no_such(name.application, name.device));
        std::ranges::copy(aliases_of(sql, row->id), std::back_inserter(aliases));
        return replace_object(sql, *document, *row);
    });
    if (replaced) announce(name, aliases);
    return replaced;
}

Result<void> Objects::remove(const ObjectName& name, const Preconditions& preconditions) {
    std::vector<std::string> aliases;
    const auto removed = database_.change(Durability::Registry, [&](Connection& sql) {
        const auto row = find_row(sql, name.application, name.device);
        if (!row) return Result<void>(no_such(name.application, name.device));
        aliases = aliases_of(sql, row->id);
        return remove_object(sql, *row, preconditions);
    });
    if (removed) announce(name, aliases);
    return removed;
}

Result<Counts> Objects::count() const {
    return database_.read([](Connection& sql) -> Result<Counts> {
        auto rows = sql.select(
            "SELECT (SELECT count(*) FROM objects WHERE device = ''), "
            "(SELECT count(*) FROM objects), "
            "(SELECT count(*) FROM firmware_status WHERE phase = ?), "
            "(SELECT count(*) FROM firmware_status WHERE phase = ?)",
            static_cast<std::int64_t>(Phase::InSync), static_cast<std::int64_t>(Phase::Updating));
        rows.next();
        const auto number = [&](int column) {
            return static_cast<std::uint64_t>(rows.integer(column));
        };
        return Counts{number(0), number(1) - number(0), number(2), number(3)};
    });
}

void Objects::announce_to(sdk::Changes* changes) {
    const std::unique_lock lock(changes_mutex_);
    changes_ = changes;
}

void Objects::announce(const ObjectName& name, std::span<const std::string> aliases) const {
    const std::shared_lock lock(changes_mutex_);
    if (changes_ == nullptr) return;
    if (!name.is_device()) {
        changes_->application_changed(name.application);
        return;
    }
    changes_->device_changed({name.application, name.device});
    for (const auto& alias : aliases) changes_->device_changed({name.application, alias});
}

}  // namespace ajour::store
