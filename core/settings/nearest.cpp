// SPDX-License-Identifier: Apache-2.0
#include "settings/nearest.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace ajour::settings {

namespace {

constexpr std::size_t longest = 200;

using Row = std::array<std::size_t, longest + 1>;

/// Optimal string alignment: Levenshtein's distance with swapped neighbours as one step. Gives up
/// at `enough`.
std::size_t distance(std::string_view left, std::string_view right, std::size_t enough) {
    const auto difference =
        std::max(left.size(), right.size()) - std::min(left.size(), right.size());
    if (difference >= enough) return enough;
    Row before_last{}, last{}, current{};
    for (std::size_t j = 0; j <= right.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= left.size(); ++i) {
        auto fewest = current[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const bool same = left[i - 1] == right[j - 1];
            current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
            const bool swapped =
                i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
            if (swapped) current[j] = std::min(current[j], before_last[j - 2] + 1);
            fewest = std::min(fewest, current[j]);
        }
        if (fewest > enough) return enough;
        before_last = last;
        last = current;
    }
    return last[right.size()];
}

bool continues(std::string_view candidate, std::string_view name) {
    return candidate.size() > name.size() && candidate.ends_with(name) &&
           candidate[candidate.size() - name.size() - 1] == '.';
}

}  // namespace

std::string nearest(std::string_view name, std::span<const std::string> candidates) {
    if (name.empty() || name.size() > longest) return {};
    std::string best;
    auto fewest = 2 + name.size() / 4;
    for (const auto& candidate : candidates) {
        if (candidate.size() > longest) continue;
        const auto steps = continues(candidate, name) ? 1 : distance(name, candidate, fewest);
        if (steps < fewest) {
            fewest = steps;
            best = candidate;
        }
    }
    return best;
}

std::string suggestion(std::string_view name, std::span<const std::string> candidates) {
    const auto meant = nearest(name, candidates);
    return meant.empty() ? std::string() : " (did you mean " + meant + "?)";
}

}  // namespace ajour::settings
