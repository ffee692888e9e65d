// SPDX-License-Identifier: Apache-2.0
#include "gist.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <string>

namespace ajour::drogue_registry {

Gist gist_of(const sdk::Report& report, int step) {
    Gist gist;
    std::string words;
    const auto append = [&words](std::string_view part) { words.append(part).append(1, '\0'); };
    append(report.current);
    append(report.target);
    for (const auto& condition : report.conditions) {
        const bool is_progress = condition.type == "UpdateProgress";
        append(condition.type);
        append(is_progress ? std::string_view() : condition.reason);
        words += static_cast<char>('0' + static_cast<int>(condition.status));
        if (is_progress) {
            if (!condition.reason.empty()) {
                gist.hindrance = std::hash<std::string>()(condition.reason);
            }
            const auto percent = std::strtod(condition.message.c_str(), nullptr);
            gist.begun = percent > 0;
            gist.step = static_cast<int>(std::clamp(percent, 0.0, 100.0)) / step;
        } else {
            append(condition.message);
        }
    }
    gist.words = std::hash<std::string>()(words);
    return gist;
}

}  // namespace ajour::drogue_registry
