// SPDX-License-Identifier: Apache-2.0
#include "http_client/body.hpp"

#include <ajour/sdk/testing/memory_sink.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace ajour::http_client {
namespace {

using sdk::bytes_of;
using sdk::ErrorKind;
using sdk::contract::MemorySink;

Head head_of(int status, const std::string& content_range = {}) {
    Head head(1000);
    EXPECT_TRUE(head.take("HTTP/1.1 " + std::to_string(status) + " x\r\n").ok());
    if (!content_range.empty()) {
        EXPECT_TRUE(head.take("Content-Range: " + content_range + "\r\n").ok());
    }
    return head;
}

TEST(KeptBody, is_kept_up_to_its_bound) {
    KeptBody body(5);
    ASSERT_TRUE(body.begin(head_of(200)).ok());
    EXPECT_TRUE(body.take(bytes_of("abc")).ok());
    EXPECT_TRUE(body.take(bytes_of("de")).ok());
    const auto over = body.take(bytes_of("f"));
    ASSERT_FALSE(over.ok());
    EXPECT_EQ(over.error().kind, ErrorKind::Full);
    EXPECT_EQ(body.text(), "abcde");
}

TEST(KeptBody, of_an_earlier_hop_is_forgotten) {
    KeptBody body(5);
    ASSERT_TRUE(body.begin(head_of(302)).ok());
    EXPECT_TRUE(body.take(bytes_of("abcde")).ok());
    ASSERT_TRUE(body.begin(head_of(200)).ok());
    EXPECT_TRUE(body.take(bytes_of("f")).ok());
    EXPECT_EQ(body.text(), "f");
}

TEST(StreamedBody, of_a_200_goes_to_the_sink) {
    MemorySink sink;
    StreamedBody body(sink, 0);
    ASSERT_TRUE(body.begin(head_of(200)).ok());
    EXPECT_TRUE(body.take(bytes_of("abc")).ok());
    EXPECT_TRUE(body.end().ok());
    EXPECT_EQ(sdk::text_of(sink.bytes()), "abc");
    EXPECT_EQ(body.text(), "");
}

TEST(StreamedBody, of_another_status_is_kept_and_cut) {
    MemorySink sink;
    StreamedBody body(sink, 0);
    ASSERT_TRUE(body.begin(head_of(404)).ok());
    EXPECT_EQ(*body.take(bytes_of("what?")), Flow::More);
    EXPECT_EQ(*body.take(bytes_of(std::string(10'000, 'x'))), Flow::Enough);
    EXPECT_EQ(body.text().size(), 4096U);
    EXPECT_TRUE(sink.bytes().empty());
}

TEST(StreamedBody, from_a_later_byte_takes_the_rest_and_no_more) {
    MemorySink sink;
    StreamedBody body(sink, 7);
    ASSERT_TRUE(body.begin(head_of(206, "bytes 7-9/10")).ok());
    EXPECT_TRUE(body.take(bytes_of("hi")).ok());
    EXPECT_EQ(body.end().error().kind, ErrorKind::Unavailable);
    EXPECT_TRUE(body.take(bytes_of("j")).ok());
    EXPECT_TRUE(body.end().ok());
    EXPECT_EQ(body.take(bytes_of("k")).error().kind, ErrorKind::Mismatch);
    EXPECT_EQ(sdk::text_of(sink.bytes()), "hij");
}

TEST(StreamedBody, that_is_something_else_than_the_rest_is_a_mismatch) {
    MemorySink sink;
    StreamedBody body(sink, 7);
    for (const auto& head :
         {head_of(200), head_of(416, "bytes */7"), head_of(206), head_of(206, "bytes 0-9/10"),
          head_of(206, "bytes 7-8/10"), head_of(206, "bytes 8-9/10"), head_of(206, "nonsense")}) {
        const auto begun = body.begin(head);
        ASSERT_FALSE(begun.ok());
        EXPECT_EQ(begun.error().kind, ErrorKind::Mismatch);
    }
    EXPECT_TRUE(sink.bytes().empty());
}

TEST(StreamedBody, of_a_part_that_nobody_asked_for_is_malformed) {
    MemorySink sink;
    StreamedBody body(sink, 0);
    EXPECT_EQ(body.begin(head_of(206, "bytes 0-9/10")).error().kind, ErrorKind::Malformed);
}

TEST(StreamedBody, says_whether_the_sink_refused) {
    MemorySink sink(2);
    StreamedBody body(sink, 0);
    ASSERT_TRUE(body.begin(head_of(200)).ok());
    EXPECT_FALSE(body.was_refused());
    EXPECT_EQ(body.take(bytes_of("abc")).error().kind, ErrorKind::Full);
    EXPECT_TRUE(body.was_refused());
}

}  // namespace
}  // namespace ajour::http_client
