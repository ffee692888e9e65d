// SPDX-License-Identifier: Apache-2.0
#include "request_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace ajour::http {
namespace {

using Progress = RequestReader::Progress;

constexpr std::string_view status_request =
    "POST /v1/dfu?ct=30 HTTP/1.1\r\nAuthorization: Basic ZGV2QGFwcDpwdw==\r\nHost: h\r\n"
    "Content-Type: application/cbor\r\nContent-Length: 5\r\n\r\nhello";

std::string text_of(std::span<const char> chars) {
    return {chars.data(), chars.size()};
}
std::string body_of(const RequestReader& reader) {
    return std::string(sdk::text_of(reader.request().body));
}

/// Gives bytes in pieces until they end or the reader has something to say.
Progress feed(RequestReader& reader, std::string_view& bytes, std::size_t piece) {
    auto progress = Progress::Incomplete;
    while (progress == Progress::Incomplete && !bytes.empty()) {
        const auto room = reader.room();
        EXPECT_FALSE(room.empty());
        const auto count = std::min({piece, bytes.size(), room.size()});
        std::ranges::copy(bytes.substr(0, count), room.begin());
        reader.commit(count);
        bytes.remove_prefix(count);
        progress = reader.advance();
    }
    return progress;
}

Progress feed(RequestReader& reader, std::string_view bytes) {
    return feed(reader, bytes, std::string_view::npos);
}

const Answer* problem_of(std::string_view bytes) {
    RequestReader reader(1024, 1000);
    const auto progress = feed(reader, bytes);
    return progress == Progress::Failed ? &reader.problem() : nullptr;
}

TEST(RequestReader, reads_a_request_in_pieces_of_any_size) {
    for (std::size_t piece = 1; piece <= status_request.size(); ++piece) {
        RequestReader reader(1024, 1000);
        auto bytes = status_request;
        ASSERT_EQ(feed(reader, bytes, piece), Progress::Complete) << piece;
        EXPECT_TRUE(bytes.empty());
        const auto& request = reader.request();
        EXPECT_EQ(request.method, Request::Method::Post);
        EXPECT_EQ(text_of(request.target), "/v1/dfu?ct=30");
        EXPECT_EQ(text_of(request.authorization), "Basic ZGV2QGFwcDpwdw==");
        EXPECT_EQ(request.content_type, "application/cbor");
        EXPECT_EQ(body_of(reader), "hello");
        EXPECT_TRUE(request.keep_alive);
        reader.finish();
        EXPECT_TRUE(reader.empty());
    }
}

TEST(RequestReader, reads_requests_that_come_together_one_by_one) {
    RequestReader reader(1024, 1000);
    const auto twice = std::string(status_request) + std::string(status_request) + "GET";
    ASSERT_EQ(feed(reader, twice), Progress::Complete);
    EXPECT_TRUE(reader.has_more());
    reader.finish();
    ASSERT_EQ(reader.advance(), Progress::Complete);
    EXPECT_EQ(body_of(reader), "hello");
    reader.finish();
    EXPECT_EQ(reader.advance(), Progress::Incomplete);
    EXPECT_FALSE(reader.empty());
}

TEST(RequestReader, puts_chunks_together_in_pieces_of_any_size) {
    constexpr std::string_view request =
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n"
        "Authorization: Basic trailer\r\n\r\n";
    for (std::size_t piece = 1; piece <= request.size(); ++piece) {
        RequestReader reader(1024, 1000);
        auto bytes = request;
        ASSERT_EQ(feed(reader, bytes, piece), Progress::Complete) << piece;
        EXPECT_EQ(body_of(reader), "abcdefg");
        EXPECT_FALSE(reader.request().has_authorization) << "a trailer must not authenticate";
    }
}

TEST(RequestReader, reads_a_body_larger_than_its_buffer) {
    RequestReader reader(1024, 100000);
    const std::string body(90000, 'x');
    const auto request = "POST / HTTP/1.1\r\nContent-Length: 90000\r\n\r\n" + body;
    std::string_view bytes = request;
    ASSERT_EQ(feed(reader, bytes, 1000000), Progress::Complete);
    EXPECT_EQ(body_of(reader), body);
}

TEST(RequestReader, refuses_a_large_body_at_its_header) {
    EXPECT_EQ(problem_of("POST / HTTP/1.1\r\nContent-Length: 1001\r\n\r\n"),
              &answers::BodyTooLarge);
    EXPECT_EQ(problem_of("POST / HTTP/1.1\r\nContent-Length: 18446744073709551615\r\n\r\n"),
              &answers::BodyTooLarge);
}

TEST(RequestReader, refuses_chunks_that_never_end) {
    RequestReader reader(1024, 1000);
    auto progress = feed(reader, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 100 && progress == Progress::Incomplete; ++i) {
        progress = feed(reader, "40\r\n" + std::string(64, 'x') + "\r\n");
    }
    EXPECT_EQ(progress, Progress::Failed);
    EXPECT_EQ(&reader.problem(), &answers::BodyTooLarge);
}

TEST(RequestReader, refuses_a_chunk_header_that_never_ends) {
    RequestReader reader(1024, 1000);
    auto progress = feed(reader, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;");
    for (int i = 0; i < 100 && progress == Progress::Incomplete; ++i) {
        progress = feed(reader, std::string(100, 'x'));
    }
    EXPECT_EQ(progress, Progress::Failed);
}

TEST(RequestReader, bounds_the_header) {
    const std::string field = "X-Filler: " + std::string(90, 'x') + "\r\n";
    std::string flood = "POST / HTTP/1.1\r\n";
    while (flood.size() < 1100) flood += field;
    EXPECT_EQ(problem_of(flood), &answers::HeaderTooLarge);
    EXPECT_EQ(problem_of(flood + "\r\n"), &answers::HeaderTooLarge);
    EXPECT_EQ(problem_of("POST /" + std::string(1100, 'x')), &answers::TargetTooLong);
}

TEST(RequestReader, refuses_what_is_no_http) {
    for (const auto* bytes :
         {"\x16\x03\x01\x02\r\n\r\n", "POST /v1/dfu\r\n\r\n", "POST /v1/dfu HTTP/2.0\r\n\r\n",
          "PRI * HTTP/2.0\r\n\r\n", "POST  /v1/dfu HTTP/1.1\r\n\r\n",
          "POST / HTTP/1.1\r\nno colon\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
          "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
          "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
          "POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
          "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
          "POST / HTTP/1.1\r\nA\001: b\r\n\r\n", "\x80 / HTTP/1.1\r\n\r\n"}) {
        EXPECT_EQ(problem_of(bytes), &answers::InvalidRequest) << bytes;
    }
}

TEST(RequestReader, refuses_a_folded_authorization) {
    EXPECT_EQ(problem_of("POST / HTTP/1.1\r\nAuthorization: Basic\r\n ZGV2QGFwcDpwdw==\r\n\r\n"),
              &answers::InvalidRequest);
}

TEST(RequestReader, takes_two_authorizations_for_none) {
    RequestReader reader(1024, 1000);
    ASSERT_EQ(feed(reader, "GET / HTTP/1.1\r\nAuthorization: a\r\nAuthorization: b\r\n\r\n"),
              Progress::Complete);
    EXPECT_TRUE(reader.request().has_authorization);
    EXPECT_TRUE(reader.request().authorization.empty());
}

TEST(RequestReader, says_once_that_the_peer_waits_for_a_go_ahead) {
    constexpr std::string_view header =
        "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
    RequestReader reader(1024, 1000);
    EXPECT_EQ(feed(reader, header), Progress::WantsContinue);
    EXPECT_EQ(feed(reader, "a"), Progress::Incomplete);
    EXPECT_EQ(feed(reader, "b"), Progress::Complete);
    RequestReader with_body(1024, 1000);
    EXPECT_EQ(feed(with_body, std::string(header) + "ab"), Progress::Complete);
    EXPECT_EQ(problem_of("POST / HTTP/1.1\r\nExpect: a miracle\r\n\r\n"),
              &answers::UnknownExpectation);
}

TEST(RequestReader, knows_what_becomes_of_the_connection) {
    const auto keeps = [](std::string_view text) {
        RequestReader reader(1024, 1000);
        EXPECT_EQ(feed(reader, text), Progress::Complete);
        return reader.request().keep_alive;
    };
    EXPECT_TRUE(keeps("GET / HTTP/1.1\r\n\r\n"));
    EXPECT_FALSE(keeps("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"));
    EXPECT_FALSE(keeps("GET / HTTP/1.0\r\n\r\n"));
    EXPECT_TRUE(keeps("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

TEST(RequestReader, ignores_empty_lines_before_a_request) {
    RequestReader reader(1024, 1000);
    std::string_view bytes = "\r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n";
    EXPECT_EQ(feed(reader, bytes, 1), Progress::Complete);
    EXPECT_EQ(text_of(reader.request().target), "/");
}

TEST(RequestReader, is_as_new_after_clear) {
    RequestReader reader(1024, 1000);
    EXPECT_EQ(feed(reader, "POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc"),
              Progress::Incomplete);
    reader.clear();
    EXPECT_TRUE(reader.empty());
    EXPECT_EQ(feed(reader, status_request), Progress::Complete);
    EXPECT_EQ(body_of(reader), "hello");
}

}  // namespace
}  // namespace ajour::http
