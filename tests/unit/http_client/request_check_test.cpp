// SPDX-License-Identifier: Apache-2.0
#include "http_client/request_check.hpp"

#include <gtest/gtest.h>

namespace ajour::http_client {
namespace {

TEST(CheckRequest, takes_what_http_allows) {
    Request request;
    request.headers = {{"Accept", "application/json, */*"}, {"If-None-Match", "\"a\""}};
    request.authorization = "Bearer abc=";
    EXPECT_TRUE(check_request(request).ok());
}

TEST(CheckRequest, lets_nobody_begin_a_line) {
    for (const auto* value : {"a\r\nb: c", "a\nb", "a\rb", "a\x01"}) {
        Request header, credential;
        header.headers = {{"X", value}};
        credential.authorization = value;
        EXPECT_FALSE(check_request(header).ok());
        EXPECT_FALSE(check_request(credential).ok());
    }
}

TEST(CheckRequest, takes_no_method_and_name_that_are_none) {
    for (const auto* word : {"", "A B", "A\r\n", "A:", "\xc3\xbc"}) {
        Request method, header;
        method.method = word;
        header.headers = {{word, "x"}};
        EXPECT_FALSE(check_request(method).ok()) << word;
        EXPECT_FALSE(check_request(header).ok()) << word;
    }
}

TEST(CheckRequest, keeps_to_itself_what_it_writes_itself) {
    for (const auto* name : {"Authorization", "RANGE", "host", "Content-Length",
                             "Transfer-Encoding", "Accept-Encoding"}) {
        Request request;
        request.headers = {{name, "x"}};
        EXPECT_FALSE(check_request(request).ok()) << name;
    }
}

TEST(CheckRequest, never_tells_a_value) {
    Request request;
    request.authorization = "secret\n";
    EXPECT_EQ(check_request(request).error().text.find("secret"), std::string::npos);
}

}  // namespace
}  // namespace ajour::http_client
