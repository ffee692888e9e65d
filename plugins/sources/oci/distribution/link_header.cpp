// SPDX-License-Identifier: Apache-2.0
#include "distribution/link_header.hpp"

#include <algorithm>

namespace ajour::oci {

namespace {

constexpr std::size_t LongestHeader = 4096;

bool says_next(std::string_view parameters) {
    for (const std::string_view relation : {"rel=\"next\"", "rel=next", "rel='next'"}) {
        if (parameters.find(relation) != std::string_view::npos) return true;
    }
    return false;
}

}  // namespace

std::string next_link(std::string_view header) {
    header = header.substr(0, LongestHeader);
    while (true) {
        const auto begin = header.find('<');
        if (begin == std::string_view::npos) return {};
        const auto end = header.find('>', begin);
        if (end == std::string_view::npos) return {};
        const auto target = header.substr(begin + 1, end - begin - 1);
        header.remove_prefix(end + 1);
        if (says_next(header.substr(0, header.find('<')))) return std::string(target);
    }
}

std::string local_target(std::string_view target, std::string_view origin) {
    if (!origin.empty() && target.starts_with(origin)) target.remove_prefix(origin.size());
    const bool local = target.starts_with("/v2/") &&
                       std::all_of(target.begin(), target.end(),
                                   [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
    return local ? std::string(target) : std::string();
}

}  // namespace ajour::oci
