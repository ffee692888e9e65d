// SPDX-License-Identifier: Apache-2.0
// Versions by Semantic Versioning 2.0.0, and ranges of them as npm writes them. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::oci {

/// A version; numbers stay text, so that they may be of any length.
struct Version {
    std::array<std::string, 3> numbers;   ///< major, minor, patch, without leading zeros
    std::vector<std::string> prerelease;  ///< identifiers between "-" and "+"; often none
    std::string build;                    ///< after "+"; counts for nothing

    /// By precedence (semver.org, 11).
    friend std::strong_ordering operator<=>(const Version& a, const Version& b);
    friend bool operator==(const Version& a, const Version& b);
};

/// The longest version or range that is looked at.
inline constexpr std::size_t SemverBytes = 256;

/// "1.2.3", "1.2.3-rc.1+build", and the same with a "v" in front; nothing else.
std::optional<Version> parse_version(std::string_view text);

/// What a version has to be, compared with another.
struct Bound {
    enum class Relation : std::uint8_t { Less, LessOrEqual, Equal, GreaterOrEqual, Greater };
    Relation relation;
    Version version;
};
using Bounds = std::vector<Bound>;  ///< all of them have to hold

/// What a policy takes: alternatives between "||", each of them comparators between spaces that all
/// have to hold. `>=1.2 <2`, `>1`, `<=1.4.7`, `=1.2.3`, `1.2.3`; `^1.2` (no change of the leftmost
/// number that is not 0); `~1.2` (no change of the minor number, in `~1` of the major one); `1.x`,
/// `1.2.*`, `1`, `*`. Numbers that are not said are 0 in `>=` and `<`, and any otherwise. A "v" in
/// front of a number is taken, a hyphen range (`1.2 - 2`) is not.
///
/// A prerelease is in a range only when `prereleases` says so, or when a comparator of that
/// alternative names a prerelease of the same three numbers; and a prerelease of a lower bound lies
/// below it: 1.2.0-rc.1 is not in `>=1.2`.
class Range {
public:
    /// Malformed names the comparator that is wrong.
    static sdk::Result<Range> parse(std::string_view text, bool prereleases = false);

    bool contains(const Version& version) const;

private:
    static bool holds(const Bounds& all, const Version& version, bool prereleases);

    std::vector<Bounds> alternatives_;
    bool prereleases_ = false;
};

/// The tag with the highest version in the range; of two of the same precedence (build metadata,
/// "v" or none), the greater text. NotFound when there is none; says how many there were.
sdk::Result<std::string> highest_tag(const std::vector<std::string>& tags, const Range& range);

}  // namespace ajour::oci
