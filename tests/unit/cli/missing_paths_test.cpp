// SPDX-License-Identifier: Apache-2.0
#include "cli/missing_paths.hpp"

#include <ajour/sdk/settings.hpp>

#include "support/temp_directory.hpp"

#include <gmock/gmock.h>

using ajour::cli::missing_paths;
using ajour::settings::Document;
using ajour::settings::Problems;
using ajour::settings::Table;
using ajour::support::TempDirectory;
using testing::HasSubstr;

namespace {

struct MissingPathsTest : testing::Test {
    Problems problems(const std::string& value, const ajour_setting_row& row,
                      const std::string& prefix) {
        Document document;
        document.put(prefix + row.key, {value, {ajour::settings::Level::File, "etc/x", 3}});
        const Table table{prefix, "", {row}};
        return missing_paths(document, {&table, 1}, temp.path());
    }

    TempDirectory temp;
    ajour_setting_row certificate = ajour::sdk::path_setting("certificate", nullptr, "");
    ajour_setting_row root = ajour::sdk::path_setting("root", "./var/releases", "");
};

TEST_F(MissingPathsTest, wants_what_a_plugin_is_to_read) {
    const auto found = problems("tls/cert.pem", certificate, "transport.http.");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].origin, "etc/x:3");
    EXPECT_EQ(found[0].key, "transport.http.certificate");
    EXPECT_THAT(found[0].text, HasSubstr("tls/cert.pem does not exist"));
}

TEST_F(MissingPathsTest, is_content_when_it_is_there) {
    temp.write("cert.pem", "x");
    EXPECT_TRUE(problems("cert.pem", certificate, "transport.http.").empty());
    EXPECT_TRUE(
        problems((temp.path() / "cert.pem").string(), certificate, "transport.http.").empty());
}

TEST_F(MissingPathsTest, leaves_what_is_made_when_it_is_needed) {
    EXPECT_TRUE(problems("deep/in/here", root, "source.file.").empty());
    EXPECT_TRUE(problems("ajour.log", certificate, "").empty());
}

TEST_F(MissingPathsTest, sees_a_file_where_a_directory_must_be) {
    temp.write("occupied", "");
    const auto found = problems("occupied/releases", root, "source.file.");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_THAT(found[0].text, HasSubstr("occupied is no directory"));
}

}  // namespace
