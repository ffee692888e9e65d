// SPDX-License-Identifier: Apache-2.0
// What the cloud's HTTP interfaces answer, read out of their JSON. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace ajour::drogue {

/// The names in a list of applications. Malformed: it is none.
sdk::Result<std::vector<std::string>> read_applications(std::string_view json);

}  // namespace ajour::drogue
