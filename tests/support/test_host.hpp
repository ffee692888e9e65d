// SPDX-License-Identifier: Apache-2.0
// A host for one plugin under test: settings as the plugin's table says, logs and metrics kept to
// look at.
#pragma once

#include <ajour/sdk/host.hpp>

#include "support/temp_directory.hpp"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace ajour::support {

/// Settings by a declared table: what the test gives, else the default. Trusts what the test gives.
class TestSettings final : public sdk::Settings {
public:
    TestSettings(const ajour_setting_row* rows, std::map<std::string, std::string> given)
        : rows_(rows), given_(std::move(given)) {
        for (const auto& [key, value] : given_) (void)row(key);
    }

    std::string text(std::string_view key) const override {
        const auto found = given_.find(std::string(key));
        if (found != given_.end()) return found->second;
        const auto* value = row(key).default_value;
        return value == nullptr ? "" : value;
    }
    std::int64_t integer(std::string_view key) const override {
        const auto [number, unit] = number_of(text(key));
        if (unit == "KiB") return number << 10;
        if (unit == "MiB") return number << 20;
        if (unit == "GiB") return number << 30;
        return number;
    }
    bool boolean(std::string_view key) const override { return text(key) == "true"; }
    std::chrono::milliseconds duration(std::string_view key) const override {
        static const std::map<std::string, std::int64_t> units{
            {"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}, {"d", 86400000}, {"", 1}};
        const auto [number, unit] = number_of(text(key));
        return std::chrono::milliseconds(number * units.at(unit));
    }
    std::vector<std::string> list(std::string_view key) const override {
        std::vector<std::string> words(1);
        for (const char letter : text(key)) {
            if (letter == ',') {
                words.emplace_back();
            } else if (letter != ' ') {
                words.back() += letter;
            }
        }
        std::erase(words, "");
        return words;
    }

    std::vector<std::string> names(std::string_view group) const override {
        std::vector<std::string> names;
        for (const auto& [key, value] : given_) {
            if (!key.starts_with(std::string(group) + ".")) continue;
            auto name = key.substr(group.size() + 1);
            name.resize(std::min(name.size(), name.find('.')));
            if (names.empty() || names.back() != name) names.push_back(name);
        }
        return names;
    }

private:
    /// Whether the key is the row's, or has a name where the row's key has '*'.
    static bool is_of(std::string_view row, std::string_view key) {
        const auto place = row.find('*');
        if (place == std::string_view::npos) return row == key;
        const auto after = row.substr(place + 1);
        return key.starts_with(row.substr(0, place)) && key.ends_with(after) &&
               key.size() > row.size() - 1;
    }

    const ajour_setting_row& row(std::string_view key) const {
        const auto* row = rows_;
        while (row->key != nullptr && !is_of(row->key, key)) ++row;
        if (row->key == nullptr) throw std::logic_error("no such setting: " + std::string(key));
        return *row;
    }

    static std::pair<std::int64_t, std::string> number_of(const std::string& text) {
        std::int64_t number = 0;
        const auto* end = text.data() + text.size();
        const auto* unit = std::from_chars(text.data(), end, number).ptr;
        return {number, std::string(unit, end)};
    }

    const ajour_setting_row* rows_;
    std::map<std::string, std::string> given_;
};

class TestHost final : public sdk::Host {
public:
    struct Line {
        sdk::LogLevel level;
        std::string text;
    };

    explicit TestHost(const ajour_setting_row* rows, std::map<std::string, std::string> given = {})
        : settings_(rows, std::move(given)) {}

    const sdk::Settings& settings() const noexcept override { return settings_; }
    const std::filesystem::path& state_directory() const noexcept override {
        return directory_.path();
    }
    void log(sdk::LogLevel level, std::string_view text) noexcept override {
        const std::lock_guard lock(mutex_);
        lines_.push_back({level, std::string(text)});
    }
    void resolve_again() noexcept override { ++resolved_again; }
    void set_trouble(std::string_view sentence) noexcept override {
        const std::lock_guard lock(mutex_);
        trouble_ = sentence;
    }
    sdk::Metric& counter(std::string_view name, std::string_view) override { return metric(name); }
    sdk::Metric& gauge(std::string_view name, std::string_view) override { return metric(name); }

    std::atomic<int> resolved_again{0};

    std::int64_t value(std::string_view name) { return metric(name).value(); }
    std::string trouble() const {
        const std::lock_guard lock(mutex_);
        return trouble_;
    }
    std::vector<Line> lines() const {
        const std::lock_guard lock(mutex_);
        return lines_;
    }
    /// Whether it comes true within a minute, which a busy machine may need.
    static bool await(const std::function<bool()>& condition) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        while (!condition()) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        return true;
    }
    bool reaches(std::string_view name, std::int64_t least) {
        return await([&] { return value(name) >= least; });
    }
    /// What a metric counts may be logged a moment later.
    bool logs(sdk::LogLevel level, std::string_view text) const {
        return await([&] { return has_logged(level, text); });
    }

    /// All lines, to be shown when a test fails.
    std::string log_text() const {
        std::string text;
        for (const auto& line : lines()) text += line.text + '\n';
        return text;
    }
    /// Whether a line of that level or above holds the text.
    bool has_logged(sdk::LogLevel level, std::string_view text) const {
        return std::ranges::any_of(lines(), [&](const Line& line) {
            return line.level >= level && line.text.find(text) != std::string::npos;
        });
    }

private:
    sdk::Metric& metric(std::string_view name) {
        const std::lock_guard lock(mutex_);
        return metrics_[std::string(name)];
    }

    TempDirectory directory_;
    TestSettings settings_;
    mutable std::mutex mutex_;
    std::vector<Line> lines_;
    std::string trouble_;
    std::map<std::string, sdk::Metric> metrics_;
};

}  // namespace ajour::support
