// SPDX-License-Identifier: Apache-2.0
// A table of declared settings: the host's own, or one plugin's section.
#pragma once

#include <ajour/sdk/abi.h>
#include <ajour/sdk/result.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::settings {

inline constexpr std::size_t rows_max = 256;

/// In a file, a key is `prefix` and the row's key. The rows' texts live as long as who declared
/// them.
struct Table {
    std::string prefix;   ///< "transport.http."; empty for the host's own
    std::string summary;  ///< of the plugin, for the reference; may be empty
    std::vector<ajour_setting_row> rows;

    std::string full_key(const ajour_setting_row& row) const { return prefix + row.key; }
};

/// Copies a declared table (null: no rows), after checking all of it: it ends within rows_max rows,
/// keys are lower case and unique, kinds, bounds and choices make sense, and each default is a
/// value of its row. `enabled` is the host's own. The error says what was found and what was
/// expected.
sdk::Result<std::vector<ajour_setting_row>> checked_rows(const ajour_setting_row* declared);

/// A plugin's table: `enabled`, which the host answers itself, and the plugin's rows.
Table plugin_table(std::string_view kind, std::string_view name, std::string_view summary,
                   const std::vector<ajour_setting_row>& rows);

}  // namespace ajour::settings
