// SPDX-License-Identifier: Apache-2.0
#include "base_url.hpp"

#include "message.hpp"

namespace ajour::http_client {

std::string base_url_problem(std::string_view url, bool plain) {
    if (url.empty()) return {};
    const auto origin = origin_of(url);
    if (origin.empty() || url.find_first_of("?#@ ") != std::string_view::npos) {
        return "is no URL of https://HOST or http://HOST, without user, query and fragment";
    }
    if (origin.starts_with("http:") && !plain) {
        return "begins with http://, which plain = true would allow";
    }
    return {};
}

}  // namespace ajour::http_client
