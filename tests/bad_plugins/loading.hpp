// SPDX-License-Identifier: Apache-2.0
// Loads one folder of bad plugins and keeps what the host said.
#pragma once

#include "plugin_host/host.hpp"
#include "support/places.hpp"
#include "support/temp_directory.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::plugin_host {

/// Where the build put the plugins of that folder.
inline std::filesystem::path folder(std::string_view name) {
    return std::filesystem::path(AJOUR_BINARY_DIR) / "bad_plugins" / name;
}

class Loading {
public:
    explicit Loading(const std::filesystem::path& directory, std::string_view properties = {})
        : host_({directory, state_.path(), "/base", log_line()}, metrics_) {
        auto document = *settings::parse(properties, "f");
        for (const auto& problem : host_.load(document)) problems_.push_back(problem.sentence());
    }

    PluginHost& host() { return host_; }
    metrics::Metrics& metrics() { return metrics_; }
    const std::filesystem::path& state() const { return state_.path(); }
    const std::vector<std::string>& problems() const { return problems_; }

    /// "source.right: hello world"
    std::vector<std::string> lines() {
        const std::lock_guard lock(mutex_);
        return lines_;
    }

    std::vector<std::string> refusals() const {
        std::vector<std::string> refusals;
        for (const auto& candidate : host_.candidates()) {
            if (!candidate.refusal.empty()) refusals.push_back(candidate.refusal);
        }
        return refusals;
    }

private:
    LogLine log_line() {
        return [this](sdk::LogLevel, std::string_view plugin, std::string_view text) {
            const std::lock_guard lock(mutex_);
            lines_.push_back(std::string(plugin) + ": " + std::string(text));
        };
    }

    support::TempDirectory state_;
    std::mutex mutex_;  // guards lines_
    std::vector<std::string> lines_;
    metrics::Metrics metrics_;
    std::vector<std::string> problems_;
    PluginHost host_;
};

/// The sentence for the only plugin of a folder, which was refused, without the path in front.
inline std::string refusal_of_folder(std::string_view name) {
    Loading loading(folder(name));
    const auto refusals = loading.refusals();
    EXPECT_EQ(refusals.size(), 1U);
    EXPECT_THAT(loading.host().sources(), testing::IsEmpty());
    if (refusals.empty()) return {};
    EXPECT_THAT(loading.lines(), testing::Contains("host: " + refusals.front()));
    const auto front = "plugin " + (folder(name) / "ajour-source-one.so").string() + ": ";
    EXPECT_TRUE(refusals.front().starts_with(front)) << refusals.front();
    return refusals.front().substr(std::min(front.size(), refusals.front().size()));
}

}  // namespace ajour::plugin_host
