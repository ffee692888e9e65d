// SPDX-License-Identifier: Apache-2.0
// What webhooks say has changed: the formats of distribution (notifications), Harbor and GitHub
// (package, registry_package). Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace ajour::oci {

struct Pushed {
    std::string repository;  ///< "acme/fw"
    std::string tag;         ///< empty: any of its tags

    friend bool operator==(const Pushed&, const Pushed&) = default;
};

/// All that the event names; often none, for instance when somebody pulled. At most 256 are looked
/// at. Malformed: it is none of the formats.
sdk::Result<std::vector<Pushed>> parse_events(std::string_view body);

}  // namespace ajour::oci
