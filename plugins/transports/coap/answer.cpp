// SPDX-License-Identifier: Apache-2.0
#include "answer.hpp"

namespace ajour::coap {

namespace answers {
const Answer Alive{Code::Content, ""};
const Answer Continue{Code::Continue, ""};
const Answer InvalidQuery{Code::BadRequest, "query"};
const Answer InvalidPayload{Code::BadRequest, "no firmware status"};
const Answer InvalidBlock{Code::BadRequest, "block"};
const Answer AddressUnproven{Code::Unauthorized, ""};
const Answer UnknownOption{Code::BadOption, "unknown critical option"};
const Answer AuthenticationFailed{Code::Forbidden, "authentication failed"};
const Answer UnknownPath{Code::NotFound, "statuses go to POST /v1/dfu"};
const Answer OnlyGet{Code::MethodNotAllowed, "GET only"};
const Answer OnlyPost{Code::MethodNotAllowed, "POST only"};
const Answer OnlyCbor{Code::NotAcceptable, "commands are CBOR"};
const Answer InvalidJson{Code::NotAcceptable, "no firmware status in JSON"};
const Answer BlocksMissing{Code::RequestEntityIncomplete, "blocks are missing"};
const Answer BodyTooLarge{Code::RequestEntityTooLarge, ""};
const Answer UnknownFormat{Code::UnsupportedContentFormat, "CBOR or JSON"};
const Answer TooManyAttempts{Code::TooManyRequests, "too many attempts", 30};
const Answer Fault{Code::InternalServerError, ""};
const Answer NoAnswer{Code::ServiceUnavailable, "no command in time", 10};
const Answer Busy{Code::ServiceUnavailable, "busy", 10};
const Answer NoProxy{Code::ProxyingNotSupported, ""};
}  // namespace answers

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

}  // namespace ajour::coap
