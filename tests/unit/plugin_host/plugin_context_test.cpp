// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/plugin_context.hpp"

#include "support/temp_directory.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace ajour::plugin_host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

namespace fs = std::filesystem;

const PluginName name{"source", "file"};

TEST(PluginContext, logs_one_clean_line_under_the_plugins_name) {
    metrics::Metrics metrics;
    std::vector<std::string> lines;
    const auto log = [&](sdk::LogLevel, std::string_view plugin, std::string_view text) {
        lines.push_back(std::string(plugin) + ": " + std::string(text));
    };
    PluginContext context(name, {}, "/state", {log, {}, metrics});
    context.log(sdk::LogLevel::Info, "one\ntwo\x1b[31m");
    context.log(sdk::LogLevel::Info, std::string(5000, 'x'));
    EXPECT_THAT(lines, ElementsAre("source.file: one two [31m",
                                   "source.file: " + std::string(2048, 'x') + "..."));
}

TEST(PluginContext, survives_a_log_that_throws) {
    metrics::Metrics metrics;
    const auto log = [](sdk::LogLevel, std::string_view, std::string_view) {
        throw std::runtime_error("disk full");
    };
    PluginContext context(name, {}, "/state", {log, {}, metrics});
    context.log(sdk::LogLevel::Error, "x");
    EXPECT_EQ(metrics.counter("source_file_log_lines_left_out").value(), 1);
}

TEST(PluginContext, puts_the_plugins_name_before_its_metrics) {
    metrics::Metrics metrics;
    PluginContext context(name, {}, "/state", {{}, {}, metrics});
    context.counter("fetches", "Fetches.").add(2);
    context.gauge("open", "Open files.").set(3);
    EXPECT_THAT(metrics.text(), HasSubstr("\najour_source_file_fetches_total 2\n"));
    EXPECT_THAT(metrics.text(), HasSubstr("# HELP ajour_source_file_fetches_total Fetches.\n"));
    EXPECT_THAT(metrics.text(), HasSubstr("\najour_source_file_open 3\n"));
}

TEST(PluginContext, has_a_state_directory_that_nobody_else_reads) {
    const support::TempDirectory state;
    for (int i = 0; i < 2; ++i) {
        const auto directory = state_directory_of(name, state.path());
        ASSERT_TRUE(directory);
        EXPECT_EQ(*directory, state.path() / "plugins" / "source-file");
        EXPECT_EQ(fs::status(*directory).permissions(), fs::perms::owner_all);
    }
}

TEST(PluginContext, says_why_a_state_directory_cannot_be_made) {
    const support::TempDirectory state;
    state.write("plugins", "in the way");
    const auto directory = state_directory_of(name, state.path());
    ASSERT_FALSE(directory);
    EXPECT_THAT(directory.error().text, HasSubstr("making its state directory "));
}

TEST(PluginContext, passes_on_which_plugin_wants_to_be_resolved_again) {
    metrics::Metrics metrics;
    std::vector<std::string> told;
    const auto log = [](sdk::LogLevel, std::string_view, std::string_view) {};
    const auto again = [&](const PluginName& plugin) { told.push_back(plugin.text()); };
    PluginContext(name, {}, "/state", {log, again, metrics}).resolve_again();
    PluginContext(name, {}, "/state", {log, {}, metrics}).resolve_again();
    EXPECT_THAT(told, ElementsAre("source.file"));
}

TEST(PluginContext, keeps_the_last_trouble_as_one_clean_line) {
    metrics::Metrics metrics;
    PluginContext context(name, {}, "/state", {{}, {}, metrics});
    EXPECT_EQ(context.trouble(), "");
    context.set_trouble("no\nbroker");
    EXPECT_EQ(context.trouble(), "no broker");
    context.set_trouble({});
    EXPECT_EQ(context.trouble(), "");
}

TEST(PluginContext, survives_a_host_that_throws_when_told_to_resolve_again) {
    metrics::Metrics metrics;
    const auto log = [](sdk::LogLevel, std::string_view, std::string_view) {};
    const auto again = [](const PluginName&) { throw std::runtime_error("no memory"); };
    PluginContext(name, {}, "/state", {log, again, metrics}).resolve_again();
}

}  // namespace
}  // namespace ajour::plugin_host
