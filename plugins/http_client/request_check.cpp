// SPDX-License-Identifier: Apache-2.0
#include "request_check.hpp"

#include "characters.hpp"

#include <algorithm>

namespace ajour::http_client {
namespace {

bool is_value(std::string_view text) {
    return std::none_of(text.begin(), text.end(), is_control);
}

bool is_ours(std::string_view name) {
    const auto lower = lower_case(name);
    return lower == "authorization" || lower == "range" || lower == "host" ||
           lower == "content-length" || lower == "accept-encoding" || lower == "transfer-encoding";
}

sdk::Error malformed(const std::string& text) {
    return {sdk::ErrorKind::Malformed, text};
}

}  // namespace

sdk::Result<void> check_request(const Request& request) {
    if (!is_token(request.method)) return malformed("a request without a method");
    if (!is_value(request.authorization))
        return malformed("credentials that hold a control character");
    for (const auto& header : request.headers) {
        if (!is_token(header.name) || is_ours(header.name)) {
            return malformed("\"" + printable(header.name, 40) +
                             "\" cannot be a header of a request");
        }
        if (!is_value(header.value))
            return malformed("a header of the request holds a control character");
    }
    return {};
}

}  // namespace ajour::http_client
