// SPDX-License-Identifier: Apache-2.0
// Values from outside the file: environment variables, then flags. Each keeps its origin for
// messages.
#pragma once

#include <ajour/sdk/result.hpp>

#include "settings/document.hpp"
#include "settings/table.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace ajour::settings {

/// Looks up an environment variable; null when it is not set.
using Environment = std::function<const char*(const char*)>;

/// The process's own.
const char* environment_of_process(const char* name);

/// AJOUR_TRANSPORT_HTTP_PORT for transport.http.port; `ajour.` is not doubled: AJOUR_STATE for
/// ajour.state.
std::string variable_of(std::string_view key);

/// Puts the variables of the table's keys into the document.
void apply_environment(Document& document, const Table& table,
                       const Environment& environment = environment_of_process);

/// Puts `key=value` of a flag such as --set into the document. Malformed when it is not that.
sdk::Result<void> apply_flag(Document& document, std::string_view assignment,
                             std::string_view flag = "--set");

}  // namespace ajour::settings
