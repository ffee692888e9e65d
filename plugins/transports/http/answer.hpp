// SPDX-License-Identifier: Apache-2.0
// The answers that are no command, and the heads of all answers. Pure, allocates nothing.
#pragma once

#include <ajour/sdk/result.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace ajour::http {

/// A whole answer, of static text.
struct Answer {
    std::string_view status;  ///< "404 Not Found"
    std::string_view fields;  ///< further header fields, each with its line end
    std::string_view body;    ///< JSON
};

namespace answers {
extern const Answer Alive;                 ///< 200, to GET /
extern const Answer InvalidRequest;        ///< 400, not HTTP as we know it
extern const Answer InvalidQuery;          ///< 400, a parameter
extern const Answer InvalidPayload;        ///< 400, a status that cannot be read
extern const Answer AuthenticationFailed;  ///< 403
extern const Answer UnknownPath;           ///< 404
extern const Answer OnlyGet;               ///< 405
extern const Answer OnlyPost;              ///< 405
extern const Answer InvalidJson;           ///< 406
extern const Answer TooSlow;               ///< 408
extern const Answer BodyTooLarge;          ///< 413
extern const Answer TargetTooLong;         ///< 414
extern const Answer UnknownExpectation;    ///< 417
extern const Answer TooManyAttempts;       ///< 429
extern const Answer HeaderTooLarge;        ///< 431
extern const Answer Fault;                 ///< 500
extern const Answer NoAnswer;              ///< 503, nothing within the time that the device gives
extern const Answer Busy;                  ///< 503, a bound of ours
}  // namespace answers

/// The answer to a status that the host refuses. NotFound looks like a wrong password on purpose:
/// who may not in is not told which devices there are. `json`: the request says that its payload is
/// JSON.
const Answer& refusal(sdk::ErrorKind kind, bool json) noexcept;

/// What follows an answer on its connection, and who must be told so.
enum class Persistence : unsigned char { KeepAlive, KeepAliveOfHttp10, Close };

/// Room for any head.
using HeadRoom = std::array<char, 384>;

/// The head of a 200 that carries a command of so many bytes.
std::string_view render_command_head(HeadRoom& head, std::size_t command_bytes,
                                     Persistence persistence) noexcept;
std::string_view render_head(HeadRoom& head, const Answer& answer,
                             Persistence persistence) noexcept;

}  // namespace ajour::http
