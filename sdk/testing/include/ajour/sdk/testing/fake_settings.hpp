// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/settings.hpp>

#include <filesystem>
#include <map>
#include <string>

namespace ajour::sdk::contract {

/// Settings given as they would stand in the file, without the plugin's section: {{"root",
/// "/tmp/x"}}.
using SettingValues = std::map<std::string, std::string>;

/// Settings by a plugin's table. Values are checked as the host does it, in less detail.
class FakeSettings final : public Settings {
public:
    /// Throws std::invalid_argument when a key is not in the table, a value is not what its row
    /// says, or a required one is missing. Relative paths start at `base`. `rows` may be null and
    /// outlives this.
    FakeSettings(const ajour_setting_row* rows, SettingValues values, std::filesystem::path base);

    std::string text(std::string_view key) const override;
    std::int64_t integer(std::string_view key) const override;
    bool boolean(std::string_view key) const override;
    std::chrono::milliseconds duration(std::string_view key) const override;
    std::vector<std::string> list(std::string_view key) const override;
    std::vector<std::string> names(std::string_view group) const override;

private:
    const ajour_setting_row& row(std::string_view key) const;
    std::string value(std::string_view key) const;

    const ajour_setting_row* rows_;
    SettingValues values_;
    std::filesystem::path base_;
};

}  // namespace ajour::sdk::contract
