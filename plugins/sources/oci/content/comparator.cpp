// SPDX-License-Identifier: Apache-2.0
#include "content/comparator.hpp"

#include "content/semver_text.hpp"

#include <algorithm>
#include <optional>

namespace ajour::oci {

using Relation = Bound::Relation;

namespace {

/// A version of which the last numbers may not be said.
struct Partial {
    Version version;       // what is not said is "0"
    std::size_t said = 0;  // how many numbers are
};

bool is_any(std::string_view number) {
    return number == "x" || number == "X" || number == "*";
}

std::optional<Partial> parse_partial(std::string_view text) {
    if (text.starts_with('v')) text.remove_prefix(1);
    const auto suffix = read_suffix(text);
    if (!suffix) return std::nullopt;
    const auto numbers = split(suffix->core, '.');
    if (numbers.size() > 3) return std::nullopt;
    Partial partial;
    partial.version.numbers.fill("0");
    bool open = false;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (!is_any(numbers[i]) && (open || !is_number(numbers[i]))) return std::nullopt;
        open = open || is_any(numbers[i]);
        if (!open) partial.version.numbers[partial.said++] = numbers[i];
    }
    if (partial.said < 3 && !suffix->prerelease.empty()) return std::nullopt;
    partial.version.prerelease = suffix->prerelease;
    return partial;
}

std::string increased(std::string digits) {
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
        if (*digit != '9') {
            ++*digit;
            return digits;
        }
        *digit = '0';
    }
    return "1" + digits;
}

/// The lowest version of all that differ from `version` in the number at `place`, upwards; its
/// prereleases lie above, too.
Version after(const Version& version, std::size_t place) {
    Version next;
    next.numbers.fill("0");
    std::copy_n(version.numbers.begin(), place, next.numbers.begin());
    next.numbers[place] = increased(version.numbers[place]);
    next.prerelease = {"0"};
    return next;
}

std::size_t first_not_zero(const Partial& partial) {
    std::size_t place = 0;
    while (place + 1 < partial.said && partial.version.numbers[place] == "0") ++place;
    return place;
}

bool between(const Partial& partial, std::size_t place, Bounds& to) {
    if (partial.said == 0) return true;
    to.push_back({Relation::GreaterOrEqual, partial.version});
    to.push_back({Relation::Less, after(partial.version, place)});
    return true;
}

bool equal(const Partial& partial, Bounds& to) {
    if (partial.said < 3) return between(partial, partial.said - 1, to);
    to.push_back({Relation::Equal, partial.version});
    return true;
}

bool compare_whole(std::string_view op, const Version& version, Bounds& to) {
    if (op == ">=") to.push_back({Relation::GreaterOrEqual, version});
    if (op == "<=") to.push_back({Relation::LessOrEqual, version});
    if (op == ">") to.push_back({Relation::Greater, version});
    if (op == "<") to.push_back({Relation::Less, version});
    return true;
}

/// `<2` and `<=1` end below the prereleases of 2.0.0, `>1` begins with 2.0.0 itself.
bool compare_partial(std::string_view op, const Partial& partial, Bounds& to) {
    if (partial.said == 0) return op.size() == 2;  // `>=*` is any; nothing is above or below any
    auto version = partial.version;
    if (op == ">" || op == "<=") version = after(version, partial.said - 1);
    version.prerelease.clear();
    const bool below = op.front() == '<';
    if (below) version.prerelease = {"0"};
    to.push_back({below ? Relation::Less : Relation::GreaterOrEqual, version});
    return true;
}

}  // namespace

std::string_view take_operator(std::string_view& text) {
    for (const std::string_view known : {">=", "<=", ">", "<", "=", "^", "~"}) {
        if (!text.starts_with(known)) continue;
        text.remove_prefix(known.size());
        return known;
    }
    return "";
}

bool add_comparator(std::string_view text, Bounds& to) {
    const auto op = take_operator(text);
    const auto partial = parse_partial(text);
    if (!partial) return false;
    if (op == "^") return between(*partial, first_not_zero(*partial), to);
    if (op == "~") return between(*partial, std::min<std::size_t>(partial->said, 2) - 1, to);
    if (op.empty() || op == "=") return equal(*partial, to);
    return partial->said == 3 ? compare_whole(op, partial->version, to)
                              : compare_partial(op, *partial, to);
}

}  // namespace ajour::oci
