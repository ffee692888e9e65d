// SPDX-License-Identifier: Apache-2.0
#include "place.hpp"

#include "controller_id.hpp"
#include "json.hpp"
#include "target.hpp"

#include <algorithm>
#include <optional>

namespace ajour::hawkbit {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

bool names(const Connection& connection, const std::string& application) {
    const auto& served = connection.applications;
    return std::find(served.begin(), served.end(), application) != served.end();
}

bool serves(const Connection& connection, const std::string& application) {
    return connection.applications.empty() || names(connection, application);
}

template <typename Predicate>
std::optional<std::size_t> first(const std::vector<Connection>& connections, Predicate&& is_it) {
    const auto found = std::find_if(connections.begin(), connections.end(), is_it);
    if (found == connections.end()) return std::nullopt;
    return static_cast<std::size_t>(found - connections.begin());
}

/// By its own name, or by its tenant's.
Result<std::size_t> connection_named(const Options& options, const std::string& tenant,
                                     const std::string& application) {
    auto found = first(options.connections, [&](const auto& c) { return c.name == tenant; });
    if (!found) {
        found = first(options.connections,
                      [&](const auto& c) { return c.tenant == tenant && serves(c, application); });
    }
    if (!found) {
        return Error{ErrorKind::NotFound, "spec.firmware.hawkbit: tenant is \"" +
                                              printable(tenant, 40) +
                                              "\", which source.hawkbit has no connection for"};
    }
    if (serves(options.connections[*found], application)) return *found;
    return Error{ErrorKind::Refused, "spec.firmware.hawkbit: tenant \"" + printable(tenant, 40) +
                                         "\" does not serve this application"};
}

Result<std::size_t> connection_for(const Options& options, const std::string& application) {
    auto found = first(options.connections, [&](const auto& c) { return names(c, application); });
    if (!found) found = first(options.connections, [](const auto& c) { return c.name.empty(); });
    if (found) return *found;
    return Error{ErrorKind::NotFound,
                 "source.hawkbit.url is not set, and no connection names this application"};
}

Result<std::size_t> connection_of(const Options& options, const TargetSpec& spec,
                                  const std::string& application) {
    return spec.tenant.empty() ? connection_for(options, application)
                               : connection_named(options, spec.tenant, application);
}

}  // namespace

Result<std::size_t> connection_of(const Options& options, const sdk::Target& target) {
    const auto spec = parse_target(target.spec);
    if (!spec) return spec.error();
    return connection_of(options, *spec, target.application);
}

Result<Place> place_of(const Options& options, const sdk::Target& target,
                       const sdk::DeviceId& device) {
    const auto spec = parse_target(target.spec);
    if (!spec) return spec.error();
    const auto connection = connection_of(options, *spec, device.application);
    if (!connection) return connection.error();
    auto id = controller_id(
        spec->controller.empty() ? options.controller_pattern : spec->controller, device);
    if (!id) return id.error();
    return Place{*connection, std::move(*id)};
}

}  // namespace ajour::hawkbit
