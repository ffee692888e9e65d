// SPDX-License-Identifier: Apache-2.0
#include "admin/message.hpp"

#include "admin/client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ajour::admin {
namespace {

using sdk::Error;
using sdk::ErrorKind;
using testing::HasSubstr;
using testing::Not;

TEST(Segment, is_encoded_so_that_it_stays_one_segment) {
    EXPECT_EQ(encode_segment("bar/baz"), "bar%2Fbaz");
    EXPECT_EQ(encode_segment("a b?c#d%e"), "a%20b%3Fc%23d%25e");
    EXPECT_EQ(encode_segment("\xc3\xa4"), "%C3%A4");
    EXPECT_EQ(encode_segment("A-z.0_9~"), "A-z.0_9~");
}

TEST(Segment, is_decoded_to_what_was_encoded) {
    std::string all;
    for (int c = 0; c < 256; ++c) all.push_back(static_cast<char>(c));
    EXPECT_EQ(*decode_segment(encode_segment(all)), all);
    EXPECT_EQ(*decode_segment("a+b%2f"), "a+b/");
}

TEST(Segment, with_a_broken_escape_is_refused) {
    for (const auto* text : {"%", "%2", "a%", "%zz", "%2g"}) {
        EXPECT_EQ(decode_segment(text).error().kind, ErrorKind::Malformed) << text;
    }
}

TEST(Query, is_taken_apart) {
    const auto query = decode_query("labels=a%3Db%2Cc&limit=5&&empty=&flag&x=a+b");
    ASSERT_TRUE(query.ok());
    EXPECT_EQ(query->at("labels"), "a=b,c");
    EXPECT_EQ(query->at("limit"), "5");
    EXPECT_EQ(query->at("empty"), "");
    EXPECT_EQ(query->at("flag"), "");
    EXPECT_EQ(query->at("x"), "a b");
    EXPECT_EQ(query->size(), 5u);
    EXPECT_FALSE(decode_query("a=%").ok());
}

TEST(Refusal, has_the_status_of_its_kind) {
    const std::pair<ErrorKind, int> rows[] = {
        {ErrorKind::Malformed, 400}, {ErrorKind::NotFound, 404}, {ErrorKind::Refused, 403},
        {ErrorKind::Mismatch, 409},  {ErrorKind::Timeout, 503},  {ErrorKind::Unavailable, 503},
        {ErrorKind::Full, 503},      {ErrorKind::Internal, 500}, {ErrorKind::Throttled, 429}};
    for (const auto& [kind, status] : rows) {
        EXPECT_EQ(refusal(Error{kind, "text"}).status, status) << sdk::text_of(kind);
    }
}

TEST(Refusal, tells_nothing_of_what_is_our_own_fault) {
    for (const auto kind : {ErrorKind::Internal, ErrorKind::Unavailable, ErrorKind::Full,
                            ErrorKind::Timeout, ErrorKind::Refused}) {
        EXPECT_THAT(refusal(Error{kind, "/var/lib/ajour: disk"}).body, Not(HasSubstr("ajour")));
    }
    EXPECT_EQ(refusal(Error{ErrorKind::NotFound, "gone"}).body,
              R"({"error":"NotFound","message":"gone"})");
}

TEST(Body, that_is_no_json_is_never_quoted) {
    const auto parsed = parse_body(R"({"password":"hunter2)");
    ASSERT_FALSE(parsed.ok());
    EXPECT_THAT(parsed.error().text, Not(HasSubstr("hunter2")));
    EXPECT_THAT(parsed.error().text, HasSubstr("not JSON"));
}

TEST(ClientUrl, is_http_with_a_host) {
    for (const auto* url :
         {"http://127.0.0.1:8088", "http://localhost", "http://[::1]:80/prefix/"}) {
        EXPECT_TRUE(Client::make({.server = url, .token = {}}).ok()) << url;
    }
    for (const auto* url : {"", "127.0.0.1", "https://127.0.0.1", "http://", "http://:80",
                            "http://user:secret@host", "http://host?x", "http://host:99999"}) {
        const auto client = Client::make({.server = url, .token = {}});
        ASSERT_FALSE(client.ok()) << url;
        EXPECT_THAT(client.error().text, Not(HasSubstr("secret")));
    }
}

TEST(FailureText, is_the_message_of_the_answer) {
    EXPECT_EQ(failure_text({409, R"({"error":"Conflict","message":"it exists"})", {}}),
              "it exists");
    EXPECT_EQ(failure_text({409, R"({"error":"Conflict"})", {}}), "Conflict");
    EXPECT_EQ(failure_text({502, "<html>", {}}), "HTTP status 502");
}

}  // namespace
}  // namespace ajour::admin
