// SPDX-License-Identifier: Apache-2.0
// The generated files in the tree say what this build says.
#include "plugin_host/host.hpp"
#include "settings/host_rows.hpp"
#include "settings/reference.hpp"
#include "settings/value.hpp"
#include "support/places.hpp"
#include "support/temp_directory.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace ajour::plugin_host {
namespace {

using support::content_of;

const std::filesystem::path tree = AJOUR_SOURCE_DIR;

class SettingsReference : public testing::Test {
protected:
    void SetUp() override {
        settings::Document nothing;
        ASSERT_EQ(settings::text_of(host.check(nothing)), "");
        std::vector<std::string> found;
        for (const auto& candidate : host.candidates()) {
            ASSERT_EQ(candidate.refusal, "");
            found.push_back(candidate.name->text());
        }
        const auto expected = settings::words_of(AJOUR_REFERENCE_PLUGINS, ',');
        if (found.size() < expected.size()) GTEST_SKIP() << "not all plugins are built here";
        ASSERT_EQ(found, expected) << "name the new plugin in tests/package/CMakeLists.txt";
    }

    const support::TempDirectory state;
    metrics::Metrics metrics;
    PluginHost host{{std::filesystem::path(AJOUR_BINARY_DIR) / "plugins", state.path(), "/",
                     [](sdk::LogLevel, std::string_view, std::string_view) {}},
                    metrics};
};

TEST_F(SettingsReference, page_is_not_stale) {
    EXPECT_EQ(content_of(tree / "docs/reference/settings.md"),
              settings::reference_page(host.tables()))
        << "renew it: ajour reference settings > docs/reference/settings.md";
}

TEST_F(SettingsReference, sample_is_not_stale) {
    EXPECT_EQ(content_of(tree / "etc/ajour.properties"), settings::sample_file(host.tables()))
        << "renew it: ajour reference sample > etc/ajour.properties";
}

TEST_F(SettingsReference, sample_is_a_file_that_the_host_starts_with) {
    auto document = settings::load(tree / "etc/ajour.properties");
    ASSERT_TRUE(document) << document.error().text;
    EXPECT_EQ(settings::text_of(settings::check_host(*document).problems), "");
    EXPECT_EQ(settings::text_of(host.load(*document)), "");
    EXPECT_EQ(host.registries().size() + host.transports().size() + host.sources().size(),
              host.candidates().size());
}

}  // namespace
}  // namespace ajour::plugin_host
