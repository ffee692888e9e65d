// SPDX-License-Identifier: Apache-2.0
#include "answer.hpp"

#include <charconv>
#include <cstring>

namespace ajour::http {

// clang-format off
namespace answers {
const Answer Alive{"200 OK", "", R"({"success":true})"};
const Answer InvalidRequest{"400 Bad Request", "",
    R"({"code":400,"error":"InvalidFormat","message":"This is no well-formed HTTP/1.1 request"})"};
const Answer InvalidQuery{"400 Bad Request", "",
    R"({"code":400,"error":"InvalidFormat","message":"A query parameter is given twice, or ct is not a whole number of seconds"})"};
const Answer InvalidPayload{"400 Bad Request", "",
    R"({"code":400,"error":"InvalidFormat","message":"The payload is no firmware status"})"};
const Answer AuthenticationFailed{"403 Forbidden", "",
    R"({"code":403,"error":"AuthenticationError","message":"Authentication failed"})"};
const Answer UnknownPath{"404 Not Found", "",
    R"({"code":404,"error":"NotFound","message":"Firmware statuses go to POST /v1/dfu"})"};
const Answer OnlyGet{"405 Method Not Allowed", "Allow: GET, HEAD\r\n",
    R"({"code":405,"error":"MethodNotAllowed","message":"This path takes GET only"})"};
const Answer OnlyPost{"405 Method Not Allowed", "Allow: POST\r\n",
    R"({"code":405,"error":"MethodNotAllowed","message":"This path takes POST only"})"};
const Answer InvalidJson{"406 Not Acceptable", "",
    R"({"code":406,"error":"InvalidFormat","message":"The payload is no firmware status in JSON"})"};
const Answer TooSlow{"408 Request Timeout", "",
    R"({"code":408,"error":"RequestTimeout","message":"The request did not end in time"})"};
const Answer BodyTooLarge{"413 Payload Too Large", "",
    R"({"code":413,"error":"PayloadTooLarge","message":"The payload is larger than this server takes"})"};
const Answer TargetTooLong{"414 URI Too Long", "",
    R"({"code":414,"error":"UriTooLong","message":"The request line is longer than this server takes"})"};
const Answer UnknownExpectation{"417 Expectation Failed", "",
    R"({"code":417,"error":"ExpectationFailed","message":"Only 100-continue can be expected"})"};
const Answer TooManyAttempts{"429 Too Many Requests", "Retry-After: 30\r\n",
    R"({"code":429,"error":"TooManyRequests","message":"Too many failed attempts from this address"})"};
const Answer HeaderTooLarge{"431 Request Header Fields Too Large", "",
    R"({"code":431,"error":"HeaderTooLarge","message":"The header is larger than this server takes"})"};
const Answer Fault{"500 Internal Server Error", "",
    R"({"code":500,"error":"InternalError","message":"A fault of this server"})"};
const Answer NoAnswer{"503 Service Unavailable", "Retry-After: 10\r\n",
    R"({"code":503,"error":"ServiceUnavailable","message":"There was no command within the time given by ct"})"};
const Answer Busy{"503 Service Unavailable", "Retry-After: 10\r\n",
    R"({"code":503,"error":"ServiceUnavailable","message":"The server is busy"})"};
}  // namespace answers
// clang-format on

namespace {

/// Appends to a HeadRoom, which has room for the longest answer above.
class Writer {
public:
    explicit Writer(HeadRoom& head) noexcept
        : begin_(head.data()), at_(begin_), end_(at_ + head.size()) {}

    Writer& operator<<(std::string_view text) noexcept {
        if (static_cast<std::size_t>(end_ - at_) < text.size()) return *this;
        std::memcpy(at_, text.data(), text.size());
        at_ += text.size();
        return *this;
    }
    Writer& operator<<(std::size_t number) noexcept {
        at_ = std::to_chars(at_, end_, number).ptr;
        return *this;
    }
    std::string_view text() const noexcept {
        return {begin_, static_cast<std::size_t>(at_ - begin_)};
    }

private:
    char* begin_;
    char* at_;
    char* end_;
};

std::string_view connection_field(Persistence persistence) noexcept {
    switch (persistence) {
        case Persistence::KeepAlive:
            return "";
        case Persistence::KeepAliveOfHttp10:
            return "Connection: keep-alive\r\n";
        case Persistence::Close:
            break;
    }
    return "Connection: close\r\n";
}

}  // namespace

const Answer& refusal(sdk::ErrorKind kind, bool json) noexcept {
    switch (kind) {
        case sdk::ErrorKind::Malformed:
            return json ? answers::InvalidJson : answers::InvalidPayload;
        case sdk::ErrorKind::NotFound:
        case sdk::ErrorKind::Refused:
            return answers::AuthenticationFailed;
        case sdk::ErrorKind::Throttled:
            return answers::TooManyAttempts;
        case sdk::ErrorKind::Full:
        case sdk::ErrorKind::Unavailable:
        case sdk::ErrorKind::Timeout:
            return answers::Busy;
        case sdk::ErrorKind::Mismatch:
        case sdk::ErrorKind::Internal:
            break;
    }
    return answers::Fault;
}

std::string_view render_command_head(HeadRoom& head, std::size_t command_bytes,
                                     Persistence persistence) noexcept {
    Writer writer(head);
    writer << "HTTP/1.1 200 OK\r\ncommand: dfu\r\nContent-Type: application/cbor\r\n"
           << connection_field(persistence) << "Content-Length: " << command_bytes << "\r\n\r\n";
    return writer.text();
}

std::string_view render_head(HeadRoom& head, const Answer& answer,
                             Persistence persistence) noexcept {
    Writer writer(head);
    writer << "HTTP/1.1 " << answer.status << "\r\n"
           << answer.fields << "Content-Type: application/json\r\n"
           << connection_field(persistence) << "Content-Length: " << answer.body.size()
           << "\r\n\r\n";
    return writer.text();
}

}  // namespace ajour::http
