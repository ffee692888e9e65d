// SPDX-License-Identifier: Apache-2.0
// What one plugin sees of the host.
#pragma once

#include <ajour/sdk/host.hpp>

#include "metrics/metrics.hpp"
#include "plugin_host/admission.hpp"
#include "plugin_host/repeat_filter.hpp"
#include "settings/section.hpp"

#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace ajour::plugin_host {

/// Writes one line to the log. Called from any thread; must not throw.
using LogLine =
    std::function<void(sdk::LogLevel level, std::string_view plugin, std::string_view text)>;

/// Told when a plugin says that what it offered may be old news. Called from any thread.
using ResolveAgain = std::function<void(const PluginName& plugin)>;

class PluginContext : public sdk::Host {
public:
    struct Hands {
        LogLine log;
        ResolveAgain resolve_again;
        metrics::Metrics& metrics;
    };

    PluginContext(const PluginName& name, settings::Section section, std::filesystem::path state,
                  Hands hands);

    const sdk::Settings& settings() const noexcept override { return section_; }
    void log(sdk::LogLevel level, std::string_view text) noexcept override;
    sdk::Metric& counter(std::string_view name, std::string_view help) override;
    sdk::Metric& gauge(std::string_view name, std::string_view help) override;
    const std::filesystem::path& state_directory() const noexcept override { return state_; }
    void resolve_again() noexcept override;
    void set_trouble(std::string_view sentence) noexcept override;

    /// What the plugin said last; empty when it is ready. [any]
    std::string trouble() const;

private:
    struct Passed {
        bool write = false;
        std::uint64_t left_out = 0, forgotten = 0;
    };

    Passed filter(std::string_view text);
    void write(sdk::LogLevel level, std::string_view text);

    const PluginName plugin_;
    const std::string name_;           // "source.file"
    const std::string metric_prefix_;  // "source_file_"
    const settings::Section section_;
    const std::filesystem::path state_;
    const Hands hands_;
    sdk::Metric& left_out_;
    mutable std::mutex mutex_;  // guards repeats_ and trouble_
    RepeatFilter repeats_;
    std::string trouble_;
};

/// Makes <state>/plugins/<kind>-<name> with mode 0700, and its parents as they come.
sdk::Result<std::filesystem::path> state_directory_of(const PluginName& name,
                                                      const std::filesystem::path& state);

}  // namespace ajour::plugin_host
