// SPDX-License-Identifier: Apache-2.0
#include "settings/secret.hpp"

#include "support/temp_directory.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace ajour::settings {
namespace {

TEST(Secret, stands_for_itself_or_comes_from_a_file_or_a_variable) {
    const support::TempDirectory directory;
    const auto file = directory.write("s", "two\nlines\r\n");
    EXPECT_EQ(*resolve_secret("plain", "/"), "plain");
    EXPECT_EQ(*resolve_secret("file:s", directory.path()), "two\nlines");
    EXPECT_EQ(*resolve_secret("file:" + file.string(), "/nowhere"), "two\nlines");
    ASSERT_EQ(setenv("AJOUR_TEST_SECRET", "from outside", 1), 0);
    EXPECT_EQ(*resolve_secret("env:AJOUR_TEST_SECRET", "/"), "from outside");
    ASSERT_EQ(setenv("AJOUR_TEST_SECRET", " as it is \r\n", 1), 0);
    EXPECT_EQ(*resolve_secret("env:AJOUR_TEST_SECRET", "/"), " as it is ");
    unsetenv("AJOUR_TEST_SECRET");
}

TEST(Secret, that_cannot_be_fetched_is_an_error) {
    const support::TempDirectory directory;
    directory.write("big", std::string(65 * 1024, 'x'));
    EXPECT_EQ(resolve_secret("env:AJOUR_TEST_ABSENT", "/").error().text,
              "the secret's environment variable AJOUR_TEST_ABSENT is not set");
    EXPECT_FALSE(resolve_secret("file:absent", directory.path()));
    EXPECT_FALSE(resolve_secret("file:", directory.path()));
    const auto big = resolve_secret("file:big", directory.path());
    ASSERT_FALSE(big);
    EXPECT_EQ(big.error().text.find("xx"), std::string::npos);
}

}  // namespace
}  // namespace ajour::settings
