// SPDX-License-Identifier: Apache-2.0
// What is asked of an HTTP server and what it answers (RFC 9110). Knows no library.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::http_client {

struct Header {
    std::string name;  ///< of answers: in lower case
    std::string value;
};

struct Request {
    std::string method = "GET";
    std::string url;  ///< absolute, http or https
    /// Without Authorization, Range, Host, Content-Length and Accept-Encoding.
    std::vector<Header> headers;
    std::string authorization;  ///< of the origin of `url`, as "Basic ..."; empty: none
    std::string body;           ///< of POST, PUT and PATCH
    std::uint64_t from = 0;     ///< first byte that is wanted (Range); 0: all
};

struct Response {
    int status = 0;
    std::vector<Header> headers;  ///< of the last answer, after redirects
    std::string body;
    std::string url;  ///< that answered, without its query

    /// The first header of that lower-case name, or null.
    const std::string* header(std::string_view name) const;
    /// All of that lower-case name, in their order.
    std::vector<std::string_view> all(std::string_view name) const;
};

/// Scheme, host and port of an absolute URL as "https://host:443", in lower case; empty when it is
/// none. Two URLs with the same are of one origin (RFC 6454).
std::string origin_of(std::string_view url);

/// `text` with all but unreserved characters as %XX (RFC 3986 section 2.1).
std::string percent_encoded(std::string_view text);

/// A Retry-After header in seconds from `now` (seconds since 1970), whether it gives a number or a
/// date (RFC 9110 section 10.2.3); at most a day, 0 when there is none.
std::uint32_t retry_after(const Response& response, std::int64_t now);

}  // namespace ajour::http_client
