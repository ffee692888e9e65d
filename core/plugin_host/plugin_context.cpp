// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/plugin_context.hpp"

#include <chrono>
#include <utility>

namespace ajour::plugin_host {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace fs = std::filesystem;

namespace {

constexpr std::size_t line_max = 2048;

/// One line whatever the plugin wrote: no byte that a terminal or a log reader would take for a
/// command.
std::string one_line(std::string_view text) {
    std::string line(text.substr(0, line_max));
    for (auto& byte : line) {
        const auto code = static_cast<unsigned char>(byte);
        if (code < 0x20 || code == 0x7f) byte = ' ';
    }
    if (text.size() > line_max) line += "...";
    return line;
}

}  // namespace

PluginContext::PluginContext(const PluginName& name, settings::Section section, fs::path state,
                             Hands hands)
    : plugin_(name),
      name_(name.text()),
      metric_prefix_(name.kind + "_" + name.name + "_"),
      section_(std::move(section)),
      state_(std::move(state)),
      hands_(std::move(hands)),
      left_out_(hands_.metrics.counter(metric_prefix_ + "log_lines_left_out",
                                       "Lines that were not written because they repeated.")) {}

void PluginContext::log(sdk::LogLevel level, std::string_view text) noexcept {
    try {
        write(level, one_line(text));
    } catch (...) {
        left_out_.add();
    }
}

void PluginContext::write(sdk::LogLevel level, std::string_view text) {
    const auto passed = filter(text);
    if (passed.forgotten > 0) {
        hands_.log(sdk::LogLevel::Warning, name_,
                   std::to_string(passed.forgotten) + " lines were left out");
    }
    if (!passed.write) {
        left_out_.add();
    } else if (passed.left_out > 0) {
        hands_.log(
            level, name_,
            std::string(text) + " (and " + std::to_string(passed.left_out) + " more like it)");
    } else {
        hands_.log(level, name_, text);
    }
}

PluginContext::Passed PluginContext::filter(std::string_view text) {
    const std::lock_guard lock(mutex_);
    const auto left_out = repeats_.pass(text, std::chrono::steady_clock::now());
    if (!left_out) return {};
    return {true, *left_out, repeats_.take_forgotten()};
}

void PluginContext::resolve_again() noexcept {
    (void)sdk::guarded([&]() -> Result<void> {
        if (hands_.resolve_again) hands_.resolve_again(plugin_);
        return {};
    });
}

void PluginContext::set_trouble(std::string_view sentence) noexcept {
    (void)sdk::guarded([&]() -> Result<void> {
        auto line = one_line(sentence);
        const std::lock_guard lock(mutex_);
        trouble_ = std::move(line);
        return {};
    });
}

std::string PluginContext::trouble() const {
    const std::lock_guard lock(mutex_);
    return trouble_;
}

sdk::Metric& PluginContext::counter(std::string_view name, std::string_view help) {
    return hands_.metrics.counter(metric_prefix_ + std::string(name), help);
}

sdk::Metric& PluginContext::gauge(std::string_view name, std::string_view help) {
    return hands_.metrics.gauge(metric_prefix_ + std::string(name), help);
}

Result<fs::path> state_directory_of(const PluginName& name, const fs::path& state) {
    const auto directory = state / "plugins" / (name.kind + "-" + name.name);
    std::error_code code;
    fs::create_directories(directory, code);
    if (!code) fs::permissions(directory, fs::perms::owner_all, code);
    if (!code) return directory;
    return Error{ErrorKind::Unavailable,
                 "making its state directory " + directory.string() + ": " + code.message()};
}

}  // namespace ajour::plugin_host
