// SPDX-License-Identifier: Apache-2.0
// How an application or a device is called here, as "{tenant}-{application}". Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include "uplink.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ajour::lorawan {

class NamePattern {
public:
    /// Text, and in braces application, application_id, tenant, device or device_eui. Malformed
    /// names what is in braces and is none of these.
    static sdk::Result<NamePattern> parse(std::string_view text);

    /// The name; Malformed when it is none, as when the server told no such part.
    sdk::Result<std::string> name_of(const Uplink& uplink) const;

private:
    using Part = std::string Uplink::*;

    std::vector<std::pair<std::string, Part>> pieces_;  // a text, and the part behind it or null
};

}  // namespace ajour::lorawan
