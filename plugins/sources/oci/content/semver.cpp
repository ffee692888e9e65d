// SPDX-License-Identifier: Apache-2.0
#include "content/semver.hpp"

#include "content/semver_text.hpp"

#include <algorithm>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

/// Of numbers without leading zeros: a longer one is larger.
std::strong_ordering compare_numbers(const std::string& a, const std::string& b) {
    if (a.size() != b.size()) return a.size() <=> b.size();
    return a <=> b;
}

std::strong_ordering compare_identifiers(const std::string& a, const std::string& b) {
    const bool a_is_number = is_digits(a), b_is_number = is_digits(b);
    if (a_is_number && b_is_number) return compare_numbers(a, b);
    if (a_is_number != b_is_number) {
        return a_is_number ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    return a <=> b;
}

std::strong_ordering compare_prereleases(const Version& a, const Version& b) {
    if (a.prerelease.empty() || b.prerelease.empty()) {
        return a.prerelease.empty() <=> b.prerelease.empty();
    }
    const auto both = std::min(a.prerelease.size(), b.prerelease.size());
    for (std::size_t i = 0; i < both; ++i) {
        const auto order = compare_identifiers(a.prerelease[i], b.prerelease[i]);
        if (order != 0) return order;
    }
    return a.prerelease.size() <=> b.prerelease.size();
}

}  // namespace

std::strong_ordering operator<=>(const Version& a, const Version& b) {
    for (std::size_t i = 0; i < a.numbers.size(); ++i) {
        const auto order = compare_numbers(a.numbers[i], b.numbers[i]);
        if (order != 0) return order;
    }
    return compare_prereleases(a, b);
}

bool operator==(const Version& a, const Version& b) {
    return a <=> b == 0;
}

std::optional<Version> parse_version(std::string_view text) {
    if (text.empty() || text.size() > SemverBytes) return std::nullopt;
    if (text.front() == 'v') text.remove_prefix(1);
    const auto suffix = read_suffix(text);
    if (!suffix) return std::nullopt;
    const auto numbers = split(suffix->core, '.');
    if (numbers.size() != 3 || !std::all_of(numbers.begin(), numbers.end(), is_number)) {
        return std::nullopt;
    }
    Version version;
    std::copy(numbers.begin(), numbers.end(), version.numbers.begin());
    version.prerelease = suffix->prerelease;
    version.build = suffix->build;
    return version;
}

Result<std::string> highest_tag(const std::vector<std::string>& tags, const Range& range) {
    const std::string* best = nullptr;
    std::optional<Version> highest;
    for (const auto& tag : tags) {
        auto version = parse_version(tag);
        if (!version || !range.contains(*version)) continue;
        if (highest && (*version < *highest || (*version == *highest && tag < *best))) continue;
        highest = std::move(version);
        best = &tag;
    }
    if (best != nullptr) return *best;
    return Error{ErrorKind::NotFound, "none of " + std::to_string(tags.size()) +
                                          " tags is a version in the range of the policy"};
}

}  // namespace ajour::oci
