// SPDX-License-Identifier: Apache-2.0
// The registry's applications and devices with the semantics of Drogue Cloud's registry API. Knows
// no HTTP, and of devices only what the registry itself must: names, aliases, labels.
#pragma once

#include <ajour/sdk/registry.hpp>
#include <ajour/sdk/result.hpp>

#include "json/json.hpp"

#include <cstdint>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::store {

class Database;

/// Names an application, or, when `device` is not empty, one of its devices.
struct ObjectName {
    std::string application;
    std::string device;

    bool is_device() const noexcept { return !device.empty(); }
};

/// One page of a list, which is sorted by name, bytewise.
struct ListQuery {
    static constexpr std::uint32_t max_page = 1000;

    /// Comma-joined: `k`, `!k`, `k=v`, `k!=v`, `k in (a,b)`, `k notin (a,b)`.
    std::string labels{};
    /// Larger values are cut to max_page: whoever wants more goes on.
    std::uint32_t limit = max_page;
    std::uint64_t offset = 0;  ///< of the objects that match
    std::string after{};       ///< only names behind this one: how to go on
};

/// What a removal was asked to check first; empty: nothing.
struct Preconditions {
    std::string uid;
    std::string resource_version;
};

struct Counts {
    std::uint64_t applications = 0;
    std::uint64_t devices = 0;
    std::uint64_t in_sync = 0;   ///< devices whose InSync is True
    std::uint64_t updating = 0;  ///< devices whose InSync is not True, with an UpdateProgress
};

/// Every method may be called from any thread; each is one transaction, durable when it returns.
/// Errors: Malformed (400), NotFound (404), Mismatch (409: exists already, or a stale revision),
/// Internal.
class Objects {
public:
    explicit Objects(Database& database) : database_(database) {}

    /// The name comes from the body's metadata.
    sdk::Result<ObjectName> create_application(const Json& body);
    /// NotFound: the application of the body's metadata does not exist.
    sdk::Result<ObjectName> create_device(const Json& body);
    /// All of them or none, in one transaction.
    sdk::Result<void> create_devices(std::span<const Json> bodies);

    /// The whole object, a device's with the `status.firmware` that was last reported.
    sdk::Result<Json> find(const ObjectName& name) const;
    sdk::Result<std::vector<Json>> list_applications(const ListQuery& query) const;
    sdk::Result<std::vector<Json>> list_devices(std::string_view application,
                                                const ListQuery& query) const;

    /// Takes the place of labels, annotations, finalizers, spec and status; see objects.cpp on
    /// status.
    sdk::Result<void> replace(const ObjectName& name, const Json& body);
    sdk::Result<void> remove(const ObjectName& name, const Preconditions& preconditions = {});

    sdk::Result<Counts> count() const;

    /// Who is told of changes after they are durable; null: nobody. On return the former one is not
    /// called any more.
    void announce_to(sdk::Changes* changes);

private:
    void announce(const ObjectName& name, std::span<const std::string> aliases) const;

    Database& database_;
    mutable std::shared_mutex changes_mutex_;  ///< guards changes_, also while it is being called
    sdk::Changes* changes_ = nullptr;
};

}  // namespace ajour::store
