// SPDX-License-Identifier: Apache-2.0
#include "http_client/base_url.hpp"

#include <gtest/gtest.h>

namespace ajour::http_client {
namespace {

TEST(BaseUrl, is_https_or_not_set) {
    for (const auto* url : {"", "https://api.example", "https://api.example:8443/a/"}) {
        EXPECT_EQ(base_url_problem(url, false), "") << url;
    }
}

TEST(BaseUrl, is_http_only_when_that_is_allowed) {
    for (const auto* url : {"http://api.example", "HTTP://api.example"}) {
        EXPECT_EQ(base_url_problem(url, false),
                  "begins with http://, which plain = true would allow");
        EXPECT_EQ(base_url_problem(url, true), "");
    }
}

TEST(BaseUrl, has_nothing_that_requests_cannot_be_below) {
    for (const auto* url : {"api.example", "ftp://api.example", "https://user:x@api.example",
                            "https://api.example?a", "https://api.example#a", "https://", " "}) {
        EXPECT_EQ(base_url_problem(url, true).find("is no URL of https://HOST"), 0U) << url;
    }
}

}  // namespace
}  // namespace ajour::http_client
