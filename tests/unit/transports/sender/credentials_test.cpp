// SPDX-License-Identifier: Apache-2.0
#include "credentials.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::sender {
namespace {

std::string text_of(std::span<const char> chars) {
    return {chars.data(), chars.size()};
}

/// "user|password", or "none".
std::string basic_of(std::string header) {
    const auto basic = parse_basic(header);
    return basic ? text_of(basic->user) + "|" + std::string(basic->password) : "none";
}

TEST(Basic, reads_user_and_password) {
    EXPECT_EQ(basic_of("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), "Aladdin|open sesame");
    EXPECT_EQ(basic_of("basic Zm9vQGJhcjpiYXo="), "foo@bar|baz");
    EXPECT_EQ(basic_of("BASIC   Zm9vQGJhcjpiYXo"), "foo@bar|baz");
}

TEST(Basic, splits_at_the_first_colon) {
    EXPECT_EQ(basic_of("Basic YTpiOmM="), "a|b:c");
}

TEST(Basic, keeps_empty_parts) {
    EXPECT_EQ(basic_of("Basic Og=="), "|");
    EXPECT_EQ(basic_of("Basic YTo="), "a|");
}

TEST(Basic, refuses_what_is_malformed) {
    for (const auto* header :
         {"", "Basic", "Basic ", "Basic Zm9vYmFy", "Basic ****", "Basic Zm9v YmFy", "Basic A",
          "Bearer mF_9.B5f", "Basic=Og==", "Basic Og===", "Basicly Og==", "Basic Zm9v\nOg=="}) {
        EXPECT_EQ(basic_of(header), "none") << header;
    }
}

struct Case {
    std::string user;
    std::string query;
    std::string expected;  ///< "application/device/username", or "none"
};

std::string identity_of(Case row) {
    Query query;
    if (!read_query(row.query, query)) return "malformed";
    std::optional<Basic> basic;
    if (row.user != "-") basic = Basic{row.user, "pw"};
    const auto found = identify(basic, query);
    if (!found) return "none";
    return std::string(found->device.application) + "/" + std::string(found->device.device) + "/" +
           std::string(found->username);
}

TEST(Identity, follows_the_table_of_forms) {
    // clang-format off
    const Case table[] = {
        {"dev@app",       "",                           "app/dev/"},
        {"d%40v@app",     "",                           "app/d@v/"},
        {"dev@app@more",  "",                           "app@more/dev/"},
        {"dev",           "application=app",          "app/dev/"},
        {"dev@x",         "application=app",          "app/dev@x/"},
        {"user",          "application=app&device=d", "app/d/user"},
        {"",              "application=app&device=d", "app/d/"},
        {"user@app",      "device=d",                 "app/d/user"},
        {"-",             "application=app&device=d", "app/d/"},
        {"dev",           "",                           "none"},
        {"user",          "device=d",                 "none"},
        {"@app",          "",                           "none"},
        {"dev@",          "",                           "none"},
        {"",              "application=app",          "none"},
        {"dev",           "application=",             "none"},
        {"user@app",      "device=",                  "none"},
        {"-",             "device=d",                 "none"},
        {"-",             "application=app",          "none"},
        {"a%00b@app",     "",                           "none"},
        {"a%ffb@app",     "",                           "none"},
    };
    // clang-format on
    for (const auto& row : table) {
        EXPECT_EQ(identity_of(row), row.expected) << row.user << " " << row.query;
    }
}

}  // namespace
}  // namespace ajour::sender
