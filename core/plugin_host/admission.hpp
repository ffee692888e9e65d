// SPDX-License-Identifier: Apache-2.0
// Which files of the plugin directory are plugins for this host. Creates nothing and logs nothing.
#pragma once

#include <ajour/sdk/abi.h>
#include <ajour/sdk/result.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::plugin_host {

inline constexpr std::size_t plugins_max = 256;

/// What a plugin's file name says: ajour-<kind>-<name>.so.
struct PluginName {
    std::string kind;  ///< transport, registry, source or builder
    std::string name;  ///< 1 to 32 of [a-z0-9_], a letter first

    std::string text() const { return kind + "." + name; }
    std::string file_name() const { return "ajour-" + kind + "-" + name + ".so"; }
    friend auto operator<=>(const PluginName&, const PluginName&) = default;
};

bool is_kind(std::string_view word) noexcept;

/// One *.so file of the directory: admitted when `descriptor` is not null, refused when `refusal`
/// is not empty, and else switched off, in which case it was not opened.
struct Candidate {
    std::filesystem::path file;
    std::optional<PluginName> name;  ///< as the file says; empty when it says something else
    const ajour_plugin_descriptor* descriptor = nullptr;
    std::vector<ajour_setting_row> rows;  ///< the declared settings, checked
    std::string refusal;  ///< one sentence with the file, what was found and what was expected
};

using IsWanted = std::function<bool(const PluginName&)>;

std::string refusal_of(const std::filesystem::path& file, std::string_view fault);

/// Looks at every *.so file of the directory in the order of their names, and opens those that are
/// wanted. An error when the directory cannot be read, or when anybody may write to it. [main]
sdk::Result<std::vector<Candidate>> scan(const std::filesystem::path& directory,
                                         const IsWanted& is_wanted);

}  // namespace ajour::plugin_host
