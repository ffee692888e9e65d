// SPDX-License-Identifier: Apache-2.0
#include "http_client/head.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

namespace ajour::http_client {
namespace {

/// The kind of the first error, or nothing.
std::string_view fault_of(Head& head, std::initializer_list<std::string_view> lines) {
    for (const auto line : lines) {
        if (const auto taken = head.take(line); !taken) return text_of(taken.error().kind);
    }
    return "";
}

TEST(Head, has_a_status_and_headers_with_lower_case_names) {
    Head head(1000);
    EXPECT_EQ(fault_of(head, {"HTTP/1.1 200 OK\r\n", "ETag:  \"a\" \r\n", "X-Empty:\r\n"}), "");
    EXPECT_FALSE(head.is_complete());
    EXPECT_EQ(fault_of(head, {"\r\n"}), "");
    EXPECT_TRUE(head.is_complete());
    EXPECT_EQ(head.status(), 200);
    ASSERT_EQ(head.headers().size(), 2U);
    EXPECT_EQ(head.headers()[0].name, "etag");
    EXPECT_EQ(head.headers()[0].value, "\"a\"");
    EXPECT_EQ(head.headers()[1].value, "");
}

TEST(Head, of_http_2_has_no_phrase) {
    Head head(1000);
    EXPECT_EQ(fault_of(head, {"HTTP/2 204 \r\n", "\r\n"}), "");
    EXPECT_EQ(head.status(), 204);
}

TEST(Head, of_an_interim_answer_is_forgotten) {
    Head head(1000);
    EXPECT_EQ(fault_of(head, {"HTTP/1.1 103 Early Hints\r\n", "Link: x\r\n", "\r\n"}), "");
    EXPECT_FALSE(head.is_complete());
    EXPECT_EQ(fault_of(head, {"HTTP/1.1 404 No\r\n", "A: b\r\n", "\r\n"}), "");
    EXPECT_TRUE(head.is_complete());
    EXPECT_EQ(head.headers().size(), 1U);
}

TEST(Head, joins_a_header_on_several_lines) {
    Head head(1000);
    EXPECT_EQ(fault_of(head, {"HTTP/1.1 200 OK\r\n", "A: b\r\n", "\t c\r\n", "\r\n"}), "");
    EXPECT_EQ(head.headers()[0].value, "b c");
}

TEST(Head, takes_no_trailer_for_a_header) {
    Head head(1000);
    EXPECT_EQ(fault_of(head, {"HTTP/1.1 200 OK\r\n", "\r\n", "Content-Range: bytes 0-1/2\r\n"}),
              "");
    EXPECT_TRUE(head.headers().empty());
}

TEST(Head, is_bounded_over_all_lines_also_interim_ones_and_trailers) {
    for (const auto* line : {"A: 1234567890\r\n", "HTTP/1.1 100 Continue\r\n"}) {
        Head head(500);
        std::size_t lines = 0;
        EXPECT_EQ(fault_of(head, {"HTTP/1.1 100 Continue\r\n"}), "");
        while (fault_of(head, {line}).empty()) ++lines;
        EXPECT_LT(lines, 500 / 10);
    }
    Head head(100);
    EXPECT_EQ(fault_of(head, {"HTTP/1.1 200 OK\r\n", "\r\n", std::string(100, 'x')}), "full");
}

TEST(Head, is_refused_when_it_is_not_of_http) {
    for (const std::string_view bad :
         {"SSH-2.0-OpenSSH\r\n", "HTTP/1.1\r\n", "HTTP/1.1 OK\r\n", "HTTP/1.1 99 x\r\n",
          "HTTP/1.1 600 x\r\n", "HTTP/1.1 20 x\r\n", "\r\n"}) {
        Head head(1000);
        EXPECT_EQ(fault_of(head, {bad}), "malformed") << bad;
    }
    for (const std::string_view bad :
         {std::string_view("no colon\r\n"), std::string_view(": no name\r\n"),
          std::string_view("na me: x\r\n"), std::string_view("name : x\r\n"),
          std::string_view("a: b\0c\r\n", 9), std::string_view("a: b\rc\r\n"),
          std::string_view(" continued\r\n")}) {
        Head head(1000);
        EXPECT_EQ(fault_of(head, {"HTTP/1.1 200 OK\r\n", bad}), "malformed") << bad;
    }
}

TEST(Response, finds_headers_by_name) {
    Response response;
    response.headers = {{"a", "1"}, {"b", "2"}, {"a", "3"}};
    ASSERT_NE(response.header("a"), nullptr);
    EXPECT_EQ(*response.header("a"), "1");
    EXPECT_EQ(response.header("c"), nullptr);
    EXPECT_EQ(response.all("a"), (std::vector<std::string_view>{"1", "3"}));
}

}  // namespace
}  // namespace ajour::http_client
