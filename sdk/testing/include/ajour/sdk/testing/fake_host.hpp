// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/host.hpp>
#include <ajour/sdk/testing/fake_settings.hpp>

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace ajour::sdk::contract {

/// A host for one plugin under test: remembers log lines and metrics, and gives it a state
/// directory that is removed at the end. [any]
class FakeHost final : public Host {
public:
    struct Line {
        LogLevel level;
        std::string text;
    };

    /// `rows` is the plugin's table, for instance `descriptor().settings`; null for a plugin
    /// without settings.
    explicit FakeHost(const ajour_setting_row* rows = nullptr, SettingValues values = {});
    ~FakeHost() override;

    const Settings& settings() const noexcept override { return settings_; }
    void log(LogLevel level, std::string_view text) noexcept override;
    Metric& counter(std::string_view name, std::string_view help) override;
    Metric& gauge(std::string_view name, std::string_view help) override;
    const std::filesystem::path& state_directory() const noexcept override { return directory_; }
    void resolve_again() noexcept override { ++resolve_again_calls_; }
    void set_trouble(std::string_view sentence) noexcept override;

    /// The counter or gauge of that name.
    Metric& metric(std::string_view name);

    /// What was logged so far at `least` or worse.
    std::vector<Line> lines(LogLevel least = LogLevel::Debug) const;

    /// How often the plugin said that its targets should be resolved again.
    int resolve_again_calls() const noexcept { return resolve_again_calls_; }

    /// What the plugin said last of why it cannot do its work; empty when it can.
    std::string trouble() const;

private:
    std::filesystem::path directory_;
    FakeSettings settings_;
    std::atomic<int> resolve_again_calls_{0};
    mutable std::mutex mutex_;  ///< guards the three below
    std::vector<Line> lines_;
    std::string trouble_;
    std::map<std::string, Metric, std::less<>> metrics_;
};

}  // namespace ajour::sdk::contract
