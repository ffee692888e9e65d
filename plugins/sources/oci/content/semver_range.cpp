// SPDX-License-Identifier: Apache-2.0
#include "content/comparator.hpp"
#include "content/semver.hpp"
#include "content/semver_text.hpp"
#include "json/value.hpp"

#include <algorithm>
#include <utility>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t AlternativesMax = 16, ComparatorsMax = 16;

Error wrong(std::string_view what, std::string_view found) {
    return {ErrorKind::Malformed, std::string(what) + " \"" + printable(found) +
                                      "\", expected one like \">=1.2 <2\", \"^1.2\", \"1.x\""};
}

std::vector<std::string> alternatives_of(std::string_view text) {
    std::vector<std::string> parts;
    for (;;) {
        const auto end = text.find("||");
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 2);
    }
}

/// The comparators; an operator with a space behind it is put together again.
std::vector<std::string> comparators_of(std::string_view text) {
    std::vector<std::string> found;
    for (auto& word : split(text, ' ')) {
        if (word.empty()) continue;
        auto rest = found.empty() ? std::string_view() : std::string_view(found.back());
        if (!found.empty() && !take_operator(rest).empty() && rest.empty()) {
            found.back() += word;
        } else {
            found.push_back(std::move(word));
        }
    }
    return found;
}

}  // namespace

Result<Range> Range::parse(std::string_view text, bool prereleases) {
    if (text.size() > SemverBytes) return wrong("a longer range than 256 bytes:", text);
    Range range;
    range.prereleases_ = prereleases;
    for (const auto& part : alternatives_of(text)) {
        const auto comparators = comparators_of(part);
        if (comparators.empty()) return wrong("nothing is said in the range", text);
        if (comparators.size() > ComparatorsMax || range.alternatives_.size() == AlternativesMax) {
            return wrong("too many parts in the range", text);
        }
        Bounds all;
        for (const auto& comparator : comparators) {
            if (!add_comparator(comparator, all)) return wrong("the comparator", comparator);
        }
        range.alternatives_.push_back(std::move(all));
    }
    return range;
}

bool Range::holds(const Bounds& all, const Version& version, bool prereleases) {
    const auto holds_one = [&](const Bound& bound) {
        const auto order = version <=> bound.version;
        switch (bound.relation) {
            case Bound::Relation::Less:
                return order < 0;
            case Bound::Relation::LessOrEqual:
                return order <= 0;
            case Bound::Relation::Equal:
                return order == 0;
            case Bound::Relation::GreaterOrEqual:
                return order >= 0;
            default:
                return order > 0;
        }
    };
    if (!std::all_of(all.begin(), all.end(), holds_one)) return false;
    if (version.prerelease.empty() || prereleases) return true;
    return std::any_of(all.begin(), all.end(), [&](const Bound& bound) {
        return !bound.version.prerelease.empty() && bound.version.numbers == version.numbers;
    });
}

bool Range::contains(const Version& version) const {
    return std::any_of(alternatives_.begin(), alternatives_.end(),
                       [&](const Bounds& all) { return holds(all, version, prereleases_); });
}

}  // namespace ajour::oci
