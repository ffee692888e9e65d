// SPDX-License-Identifier: Apache-2.0
#include "options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace ajour::broker {
namespace {

using Lines = std::vector<NameAndValue>;
using testing::HasSubstr;

std::string problem(Lines lines) {
    lines.insert(lines.begin(), {"token_file", "t"});
    Options options;
    return read_options(lines, options);
}

TEST(PluginOptions, are_taken_over) {
    Options options;
    const Lines lines{{"url", "https://ajour.example/x"},
                      {"token_file", "/t"},
                      {"ca_file", "/ca"},
                      {"timeout", "3"},
                      {"cache_seconds", "0"},
                      {"cache_max", "7"}};
    ASSERT_EQ(read_options(lines, options), "");
    EXPECT_EQ(options.url, "https://ajour.example/x");
    EXPECT_EQ(options.token_file, "/t");
    EXPECT_EQ(options.ca_file, "/ca");
    EXPECT_EQ(options.timeout, std::chrono::seconds(3));
    EXPECT_EQ(options.cache_age, std::chrono::seconds(0));
    EXPECT_EQ(options.cache_max, 7U);
}

TEST(PluginOptions, need_but_the_token) {
    EXPECT_EQ(problem({}), "");
    Options options;
    EXPECT_THAT(read_options({}, options), HasSubstr("plugin_opt_token_file"));
}

TEST(PluginOptions, are_bounded) {
    for (const auto* name : {"timeout", "cache_seconds", "cache_max"}) {
        for (const auto* value :
             {"", "-1", "1.5", "2 s", "3s", "99999999", "99999999999999999999"}) {
            EXPECT_THAT(problem({{name, value}}), HasSubstr(name)) << value;
        }
    }
    EXPECT_THAT(problem({{"timeout", "0"}}), HasSubstr("from 1 to 30"));
    EXPECT_THAT(problem({{"cache_max", "0"}}), HasSubstr("from 1 to 1000000"));
}

TEST(PluginOptions, of_another_name_or_scheme_are_told) {
    EXPECT_THAT(problem({{"tokenfile", "t"}}), HasSubstr("plugin_opt_tokenfile"));
    EXPECT_THAT(problem({{"url", "ftp://x"}}), HasSubstr("plugin_opt_url"));
}

}  // namespace
}  // namespace ajour::broker
