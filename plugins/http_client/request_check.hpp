// SPDX-License-Identifier: Apache-2.0
// Whether a request can be written as HTTP without becoming another one. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include "message.hpp"

namespace ajour::http_client {

/// Malformed: a method or header that is none, or would begin a line of its own.
sdk::Result<void> check_request(const Request& request);

}  // namespace ajour::http_client
