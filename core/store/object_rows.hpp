// SPDX-License-Identifier: Apache-2.0
// The rows of applications, devices and aliases. Knows no rules about them. All throw SqlFailure.
#pragma once

#include "json/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::store {

class Connection;

/// As stored; maps, lists, spec and status are JSON texts with sorted keys, so equal means equal.
struct ObjectRow {
    std::int64_t id = 0;
    std::string application;
    std::string device;  ///< empty: an application
    std::string uid;
    std::string created;
    std::int64_t generation = 0;
    std::string resource_version;
    std::string deleted;  ///< when its removal was asked for, or empty
    std::string labels, annotations, finalizers, spec, status;
    std::string firmware;  ///< of firmware_status, or empty; only read
};

/// Where a page begins and how long it may be.
struct RowRange {
    std::string_view after;
    std::int64_t limit = 0;
    std::int64_t offset = 0;
};

std::optional<ObjectRow> find_row(Connection& connection, std::string_view application,
                                  std::string_view device);
/// Where the aliases of applications themselves are kept.
constexpr std::string_view no_application{};

/// The device of that alias, or with `no_application` the application of that alias.
std::optional<ObjectRow> find_row_by_alias(Connection& connection, std::string_view application,
                                           std::string_view alias);
std::vector<ObjectRow> application_rows(Connection& connection, const RowRange& range);
std::vector<ObjectRow> device_rows(Connection& connection, std::string_view application,
                                   const RowRange& range);

/// Returns the new row's id.
std::int64_t insert_row(Connection& connection, const ObjectRow& row);
void update_row(Connection& connection, const ObjectRow& row);
/// With its aliases, its firmware status and its flight.
void delete_row(Connection& connection, const ObjectRow& row);

/// The whole object as clients see it.
Json object_of(const ObjectRow& row);

/// What `spec.alias`, unique user names and the names in certificates add to a device's name,
/// sorted, each once.
std::vector<std::string> aliases_in(const Json& spec);
std::vector<std::string> aliases_of(Connection& connection, std::int64_t object);
/// Takes the place of the object's aliases, which count within an application, or no_application.
void store_aliases(Connection& connection, std::string_view application, const ObjectRow& row,
                   const std::vector<std::string>& aliases);
/// Whether another device of the application than `object` has it as its name or alias.
bool is_taken(Connection& connection, std::string_view application, std::string_view name,
              std::int64_t object);

}  // namespace ajour::store
