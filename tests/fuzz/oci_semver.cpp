// SPDX-License-Identifier: Apache-2.0
// Any bytes as a range on the first line and tags on the others: versions are ordered, and the tag
// that is picked is in the range and no lower than another one that is.
#include "content/semver.hpp"
#include "content/semver_text.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace ajour::oci;

void require(bool holds) {
    if (!holds) std::abort();
}

void require_order(const std::vector<std::string>& tags) {
    for (const auto& one : tags) {
        const auto a = parse_version(one);
        if (!a) continue;
        require(*a == *a);
        for (const auto& other : tags) {
            const auto b = parse_version(other);
            if (!b) continue;
            require((*a < *b) == (*b > *a) && (*a == *b) == (*b == *a));
        }
    }
}

void require_highest(const std::vector<std::string>& tags, const Range& range) {
    const auto highest = highest_tag(tags, range);
    for (const auto& tag : tags) {
        const auto version = parse_version(tag);
        if (!version || !range.contains(*version)) continue;
        require(highest.ok() && !(*parse_version(*highest) < *version));
    }
    if (highest) require(range.contains(*parse_version(*highest)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto lines = split({reinterpret_cast<const char*>(data), size}, '\n');
    if (lines.size() > 32) lines.resize(32);
    for (const bool prereleases : {false, true}) {
        const auto range = Range::parse(lines.front(), prereleases);
        if (range) {
            require_highest(lines, *range);
        } else {
            require(!range.error().text.empty() && range.error().text.size() <= 512);
        }
    }
    require_order(lines);
    return 0;
}
