// SPDX-License-Identifier: Apache-2.0
#include "answer.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace ajour::http {
namespace {

using sdk::ErrorKind;

const Answer* const every_answer[] = {&answers::Alive,
                                      &answers::InvalidRequest,
                                      &answers::InvalidQuery,
                                      &answers::InvalidPayload,
                                      &answers::AuthenticationFailed,
                                      &answers::UnknownPath,
                                      &answers::OnlyGet,
                                      &answers::OnlyPost,
                                      &answers::InvalidJson,
                                      &answers::TooSlow,
                                      &answers::BodyTooLarge,
                                      &answers::TargetTooLong,
                                      &answers::UnknownExpectation,
                                      &answers::TooManyAttempts,
                                      &answers::HeaderTooLarge,
                                      &answers::Fault,
                                      &answers::NoAnswer,
                                      &answers::Busy};

TEST(Answer, renders_a_command_head_without_chunks) {
    HeadRoom room;
    EXPECT_EQ(render_command_head(room, 531, Persistence::KeepAlive),
              "HTTP/1.1 200 OK\r\ncommand: dfu\r\nContent-Type: application/cbor\r\n"
              "Content-Length: 531\r\n\r\n");
}

TEST(Answer, says_what_becomes_of_the_connection) {
    HeadRoom room;
    EXPECT_NE(render_command_head(room, 1, Persistence::Close).find("Connection: close\r\n"),
              std::string_view::npos);
    EXPECT_NE(render_command_head(room, 1, Persistence::KeepAliveOfHttp10)
                  .find("Connection: keep-alive\r\n"),
              std::string_view::npos);
}

TEST(Answer, has_room_for_the_longest_heads) {
    HeadRoom room;
    for (const auto* answer : every_answer) {
        EXPECT_TRUE(
            render_head(room, *answer, Persistence::KeepAliveOfHttp10).ends_with("\r\n\r\n"))
            << answer->status;
    }
    const auto most = std::numeric_limits<std::size_t>::max();
    EXPECT_TRUE(
        render_command_head(room, most, Persistence::KeepAliveOfHttp10).ends_with("\r\n\r\n"));
}

TEST(Answer, names_its_own_code_in_the_body) {
    for (const auto* answer : every_answer) {
        if (answer == &answers::Alive) continue;
        const auto code = std::string(answer->status.substr(0, 3));
        EXPECT_TRUE(answer->body.starts_with("{\"code\":" + code + ",\"error\":\"")) << code;
        EXPECT_TRUE(answer->body.ends_with("\"}")) << code;
    }
}

TEST(Refusal, follows_the_kind) {
    EXPECT_EQ(&refusal(ErrorKind::Refused, false), &answers::AuthenticationFailed);
    EXPECT_EQ(&refusal(ErrorKind::Malformed, false), &answers::InvalidPayload);
    EXPECT_EQ(&refusal(ErrorKind::Malformed, true), &answers::InvalidJson);
    EXPECT_EQ(&refusal(ErrorKind::Full, false), &answers::Busy);
    EXPECT_EQ(&refusal(ErrorKind::Unavailable, false), &answers::Busy);
    EXPECT_EQ(&refusal(ErrorKind::Timeout, false), &answers::Busy);
    EXPECT_EQ(&refusal(ErrorKind::Throttled, false), &answers::TooManyAttempts);
    EXPECT_EQ(&refusal(ErrorKind::Internal, false), &answers::Fault);
    EXPECT_EQ(&refusal(ErrorKind::Mismatch, false), &answers::Fault);
}

TEST(Refusal, does_not_tell_an_unknown_device_from_a_wrong_password) {
    EXPECT_EQ(&refusal(ErrorKind::NotFound, false), &refusal(ErrorKind::Refused, false));
    EXPECT_EQ(answers::AuthenticationFailed.body,
              R"({"code":403,"error":"AuthenticationError","message":"Authentication failed"})");
}

TEST(Refusal, tells_a_throttled_device_when_to_come_back) {
    EXPECT_TRUE(refusal(ErrorKind::Throttled, false).fields.starts_with("Retry-After: "));
}

}  // namespace
}  // namespace ajour::http
