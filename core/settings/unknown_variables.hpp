// SPDX-License-Identifier: Apache-2.0
// Environment variables that look like settings and are none.
#pragma once

#include "settings/document.hpp"
#include "settings/problem.hpp"
#include "settings/table.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::settings {

/// NAME=value, as the process has them.
std::vector<std::string_view> variables_of_process();

/// Those that begin like the variable of a setting, or are near to one, and are none; with the
/// nearest right one. Never their values. Left alone: sections that begin with one of `unchecked`,
/// and what Kubernetes and Docker set for a service named ajour. They are no error: nobody may be
/// able to keep them out of the environment.
Problems unknown_variables(const Document& document, std::span<const Table> tables,
                           std::span<const std::string> unchecked,
                           std::span<const std::string_view> variables);

}  // namespace ajour::settings
