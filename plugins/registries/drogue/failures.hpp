// SPDX-License-Identifier: Apache-2.0
// What an answer of the cloud's registry means beside 200 and 204. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include "http_client/message.hpp"

namespace ajour::drogue_registry {

/// 429 and 5xx: it has trouble, and should be left alone.
bool is_trouble(const http_client::Response& answer) noexcept;

/// NotFound: there is no such object, which is also said of one that we may not read. Refused: we
/// may not; Unavailable: any other answer. The text has what the cloud said.
sdk::Error failure_of(const http_client::Response& answer);

}  // namespace ajour::drogue_registry
