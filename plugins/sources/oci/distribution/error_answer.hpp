// SPDX-License-Identifier: Apache-2.0
// What an answer means that is not what was asked for (distribution-spec, error codes). Pure but
// for dates.
#pragma once

#include <ajour/sdk/result.hpp>

#include "http_client/message.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace ajour::oci {

/// Whether the server cannot answer anybody now: 429 and most of 5xx.
bool asks_for_rest(int status) noexcept;

/// How long the server wants to be left alone (Retry-After), by the system's clock; 0: it does not
/// say.
std::chrono::seconds rest_asked_by(const http_client::Response& response);

/// An Error for an answer that is no success: NotFound (404), Refused (401, 403), Unavailable (429,
/// 5xx), Mismatch (416), Malformed (others). The text has the status, and the server's own code and
/// message when they can be read, cut.
sdk::Error error_of(const http_client::Response& response);

}  // namespace ajour::oci
