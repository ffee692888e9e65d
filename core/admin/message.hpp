// SPDX-License-Identifier: Apache-2.0
// A request and its answer as values, so that routes know nothing of sockets. Knows no routes.
#pragma once

#include <ajour/sdk/result.hpp>

#include "json/json.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::admin {

struct Request {
    std::string method;
    std::string path;                            ///< as it came, percent-encoded, without the query
    std::map<std::string, std::string> query;    ///< decoded
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;
    bool is_local = false;             ///< the peer is on the loopback interface
    std::vector<std::string> names{};  ///< decoded, what the route's placeholders stand for
};

struct Response {
    int status = 200;
    std::string body;
    std::string type = "application/json";
    std::map<std::string, std::string> headers;
    /// When set, further pieces of the body, asked for until an empty one.
    std::function<std::string()> more;
    /// For the log only: what the client is not told.
    std::string fault;
};

Response json_response(const Json& body, int status = 200);
Response no_content();

/// `{"error":"NotFound","message":"..."}`
Response refusal(int status, std::string_view error, std::string_view message);
/// The refusal that goes with a kind. What is our own fault is not told, only that it is.
Response refusal(const sdk::Error& error);
Response forbidden();

/// The body as JSON; Malformed never quotes it.
sdk::Result<Json> parse_body(const std::string& body);

/// Malformed: a broken %-sequence. '+' is a space in a query only.
sdk::Result<std::string> decode_segment(std::string_view text);
sdk::Result<std::map<std::string, std::string>> decode_query(std::string_view text);
std::string encode_segment(std::string_view text);

}  // namespace ajour::admin
