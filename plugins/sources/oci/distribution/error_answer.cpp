// SPDX-License-Identifier: Apache-2.0
#include "distribution/error_answer.hpp"

#include "json/members.hpp"

namespace ajour::oci {

using http_client::Response;
using sdk::Error;
using sdk::ErrorKind;

namespace {

constexpr std::size_t LargestBody = 64U << 10;

ErrorKind kind_of(int status) noexcept {
    if (asks_for_rest(status)) return ErrorKind::Unavailable;
    switch (status) {
        case 401:
        case 403:
            return ErrorKind::Refused;
        case 404:
            return ErrorKind::NotFound;
        case 416:
            return ErrorKind::Mismatch;
        default:
            return ErrorKind::Malformed;
    }
}

std::string word(const Value& error, std::string_view name) {
    const auto* found = error.member(name);
    const auto* text = found == nullptr ? nullptr : found->text();
    return text == nullptr ? std::string() : printable(*text, 100);
}

/// " CODE: message" of the first error that the body names, or "".
std::string own_words(const std::string& body) {
    const auto object = parse_object(body, {LargestBody, 1000, 16});
    if (!object) return {};
    const auto errors = optional_list(*object, "errors", 100);
    if (!errors || *errors == nullptr || (*errors)->empty()) return {};
    const auto& first = (*errors)->front();
    const auto code = word(first, "code"), message = word(first, "message");
    if (code.empty() && message.empty()) return {};
    return " " + code + (code.empty() || message.empty() ? "" : ": ") + message;
}

}  // namespace

bool asks_for_rest(int status) noexcept {
    // 501 and 505 are about the request.
    return status == 429 || status == 500 || (status >= 502 && status <= 504) || status > 505;
}

std::chrono::seconds rest_asked_by(const Response& response) {
    using namespace std::chrono;
    const auto now = system_clock::now().time_since_epoch();
    return seconds(http_client::retry_after(response, duration_cast<seconds>(now).count()));
}

Error error_of(const Response& response) {
    return {kind_of(response.status), "the OCI registry answered status " +
                                          std::to_string(response.status) +
                                          own_words(response.body)};
}

}  // namespace ajour::oci
