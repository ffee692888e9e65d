// SPDX-License-Identifier: Apache-2.0
// What a server wants to see before it answers: WWW-Authenticate (RFC 9110 section 11.6.1). Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::oci {

struct Challenge {
    std::string scheme;                             ///< in lower case: "bearer", "basic"
    std::map<std::string, std::string> parameters;  ///< names in lower case

    /// A parameter, or "".
    std::string_view parameter(std::string_view name) const;
};

/// All challenges of one header, in their order. What cannot be read ends the list; no more than
/// 8 challenges of 16 parameters are looked at.
std::vector<Challenge> parse_challenges(std::string_view header);

}  // namespace ajour::oci
