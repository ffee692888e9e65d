// SPDX-License-Identifier: Apache-2.0
// The answers that are no command, and what becomes of the host's refusals.
#pragma once

#include <ajour/sdk/result.hpp>

#include "number.hpp"

#include <cstdint>
#include <string_view>

namespace ajour::coap {

struct Answer {
    Code code;
    std::string_view diagnostic;    ///< for people (RFC 7252 section 5.5.2)
    std::uint32_t retry_after = 0;  ///< seconds, sent as Max-Age; 0: none is sent
};

namespace answers {
extern const Answer Alive;
extern const Answer Continue;
extern const Answer InvalidQuery;
extern const Answer InvalidPayload;
extern const Answer InvalidBlock;
extern const Answer AddressUnproven;
extern const Answer UnknownOption;
extern const Answer AuthenticationFailed;
extern const Answer UnknownPath;
extern const Answer OnlyGet;
extern const Answer OnlyPost;
extern const Answer OnlyCbor;
extern const Answer InvalidJson;
extern const Answer BlocksMissing;
extern const Answer BodyTooLarge;
extern const Answer UnknownFormat;
extern const Answer TooManyAttempts;
extern const Answer Fault;
extern const Answer NoAnswer;
extern const Answer Busy;
extern const Answer NoProxy;
}  // namespace answers

/// What a device hears of a refusal; `json` when the status called itself JSON.
const Answer& refusal(sdk::ErrorKind kind, bool json) noexcept;

}  // namespace ajour::coap
