// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/plugin_directory.hpp"

#include <system_error>

namespace ajour::plugin_host {

std::filesystem::path plugin_directory(const std::string& configured) {
    if (!configured.empty()) return configured;
    std::error_code ignored;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
    const auto root = program.parent_path().parent_path();
    const auto beside = root / "plugins";
    return std::filesystem::is_directory(beside, ignored) ? beside : root / AJOUR_INSTALLED_PLUGINS;
}

}  // namespace ajour::plugin_host
