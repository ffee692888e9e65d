// SPDX-License-Identifier: Apache-2.0
// The Basic scheme of HTTP authentication (RFC 7617). Pure.
#pragma once

#include <string>
#include <string_view>

namespace ajour::oci {

/// "Basic ...", as an Authorization header has it.
std::string basic_authorization(std::string_view user, std::string_view password);

}  // namespace ajour::oci
