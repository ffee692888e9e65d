// SPDX-License-Identifier: Apache-2.0
// URLs that an operator sets, and that requests with a credential go below. Pure.
#pragma once

#include <string>
#include <string_view>

namespace ajour::http_client {

/// What is wrong with it, to stand behind the setting's name; empty: nothing, or it is not set.
/// Without `plain` it is not http://.
std::string base_url_problem(std::string_view url, bool plain);

}  // namespace ajour::http_client
