// SPDX-License-Identifier: Apache-2.0
// What /readyz is told: each part, and why it does not work.
#include "app/server.hpp"

namespace ajour::app {

namespace {

admin::Readiness part(std::string name, std::string trouble) {
    const bool ready = trouble.empty();
    return {std::move(name), ready, std::move(trouble)};
}

std::string trouble_of_transports(bool serving, bool any) {
    if (!any) return "no transport plugin, so no device can reach us";
    return serving ? "" : "not started yet, or stopping";
}

}  // namespace

std::vector<admin::Readiness> Server::readiness() const {
    std::vector<admin::Readiness> parts;
    parts.push_back(
        part("transports", trouble_of_transports(serving_, !plugins_.transports().empty())));
    parts.push_back(part("reports", engine_.store_trouble()));
    for (auto& plugin : plugins_.health()) {
        parts.push_back(part(std::move(plugin.plugin), std::move(plugin.trouble)));
    }
    return parts;
}

}  // namespace ajour::app
