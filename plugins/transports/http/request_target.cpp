// SPDX-License-Identifier: Apache-2.0
#include "request_target.hpp"

#include <algorithm>

namespace ajour::http {
namespace {

std::string_view text_of(std::span<const char> chars) noexcept {
    return {chars.data(), chars.size()};
}

/// What stands before the question mark; `target` keeps what follows it.
std::span<char> take_path(std::span<char>& target) noexcept {
    const auto end = std::min(text_of(target).find('?'), target.size());
    const auto path = target.first(end);
    target = target.subspan(std::min(end + 1, target.size()));
    return path;
}

/// RFC 9112 3.2.2: a server accepts http://host/path where it expects /path.
std::span<char> without_authority(std::span<char> target) noexcept {
    const auto text = text_of(target);
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!text.starts_with(scheme)) continue;
        return target.subspan(std::min(text.find('/', scheme.size()), text.size()));
    }
    return target;
}

std::string_view channel_of(std::string_view path) noexcept {
    constexpr std::string_view prefix = "/v1/";
    if (!path.starts_with(prefix)) return {};
    path.remove_prefix(prefix.size());
    return path.substr(0, path.find('/'));
}

}  // namespace

std::optional<RequestTarget> parse_target(std::span<char> target) noexcept {
    auto query = without_authority(target);
    RequestTarget parsed;
    parsed.path = text_of(take_path(query));
    if (parsed.path.empty()) parsed.path = "/";
    parsed.channel = channel_of(parsed.path);
    if (!sender::read_query(query, parsed)) return std::nullopt;
    return parsed;
}

}  // namespace ajour::http
