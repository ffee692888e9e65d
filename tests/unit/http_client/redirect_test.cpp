// SPDX-License-Identifier: Apache-2.0
#include "http_client/redirect.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::http_client {
namespace {

Hop at(const std::string& url, bool trusted = true) {
    return {*parse_url(url), trusted};
}

TEST(Redirect, is_a_status_that_says_to_go_elsewhere) {
    for (const int status : {301, 302, 303, 307, 308}) EXPECT_TRUE(is_redirect(status)) << status;
    for (const int status : {0, 200, 300, 304, 305, 306, 309, 404}) {
        EXPECT_FALSE(is_redirect(status)) << status;
    }
}

TEST(Redirect, within_the_origin_keeps_credentials) {
    const auto hop = next_hop(at("https://a/b"), "https://A:443/c?d", false);
    ASSERT_TRUE(hop.ok());
    EXPECT_EQ(hop->url.text(), "https://a/c?d");
    EXPECT_TRUE(hop->trusted);
}

TEST(Redirect, to_another_host_port_or_scheme_drops_credentials) {
    EXPECT_FALSE(next_hop(at("https://a/"), "https://b/", false)->trusted);
    EXPECT_FALSE(next_hop(at("https://a/"), "https://a.evil/", false)->trusted);
    EXPECT_FALSE(next_hop(at("https://a/"), "https://a:444/", false)->trusted);
    EXPECT_FALSE(next_hop(at("http://a:443/"), "https://a/", true)->trusted);
}

TEST(Redirect, back_to_the_origin_does_not_bring_credentials_back) {
    const auto away = *next_hop(at("https://a/"), "https://b/", false);
    EXPECT_FALSE(next_hop(away, "https://a/", false)->trusted);
    EXPECT_FALSE(next_hop(away, "/same", false)->trusted);
}

TEST(Redirect, from_https_to_http_is_refused_even_where_http_is_allowed) {
    for (const bool plain : {false, true}) {
        const auto hop = next_hop(at("https://a/"), "http://a/", plain);
        ASSERT_FALSE(hop.ok());
        EXPECT_EQ(hop.error().kind, sdk::ErrorKind::Refused);
    }
}

TEST(Redirect, to_a_url_with_credentials_or_none_at_all_is_refused) {
    for (const auto* location : {"https://user:pw@a/", "ftp://a/", "https:///", "data:,x"}) {
        const auto hop = next_hop(at("https://a/"), location, true);
        ASSERT_FALSE(hop.ok()) << location;
        EXPECT_EQ(hop.error().kind, sdk::ErrorKind::Refused);
    }
}

TEST(FirstHop, speaks_http_only_when_allowed) {
    EXPECT_TRUE(first_hop("http://a/", true).ok());
    EXPECT_TRUE(first_hop("https://a/", false).ok());
    const auto refused = first_hop("http://a/", false);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, sdk::ErrorKind::Refused);
}

}  // namespace
}  // namespace ajour::http_client
