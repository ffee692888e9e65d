// SPDX-License-Identifier: Apache-2.0
#include "cli/served_targets.hpp"

#include "cli/configuration.hpp"
#include "cli/output.hpp"
#include "settings/nearest.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace ajour::cli {

namespace {

std::vector<std::string> served_keys(const Options& options) {
    const auto rehearsal = rehearse(options);
    std::vector<std::string> keys;
    for (const auto& source : rehearsal->plugins->sources()) {
        const auto traits = source.port->try_traits();
        if (traits) keys.insert(keys.end(), traits->keys.begin(), traits->keys.end());
    }
    return keys;
}

}  // namespace

void warn_of_unserved(const Options& options, const Json& firmware) try {
    const auto keys = served_keys(options);
    if (keys.empty()) return;
    for (const auto& [key, spec] : firmware.items()) {
        if (std::count(keys.begin(), keys.end(), key) > 0) continue;
        warn("warning: no source here serves spec.firmware." + key +
             settings::suggestion(key, keys) + "; the devices are told to wait until one does");
    }
} catch (const Failure&) {  // the file is not here, or not readable: then nothing is known
}

}  // namespace ajour::cli
