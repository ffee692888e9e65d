// SPDX-License-Identifier: Apache-2.0
// What the cloud's HTTP interfaces answer, read out of their JSON. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include "access.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ajour::drogue {

/// The names in a list of applications. Malformed: it is none.
sdk::Result<std::vector<std::string>> read_applications(std::string_view json);

/// A token endpoint's answer (RFC 6749 section 5.1). A lifetime that it does not say is five
/// minutes; none is longer than a day. The text of an Error has nothing of the token.
sdk::Result<AccessToken> read_token(std::string_view json);

}  // namespace ajour::drogue
