// SPDX-License-Identifier: Apache-2.0
// Any bytes as the properties file: unreadable, or problems that fit on a screen, or values in
// their bounds.
#include "settings/host_rows.hpp"
#include "settings/overrides.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace ajour::settings;

constexpr std::size_t sentence_max = 1024;

void require(bool holds) {
    if (!holds) std::abort();
}

void require_readable(const Problems& problems) {
    require(problems.size() <= problems_max + 1);
    for (const auto& problem : problems) {
        const auto sentence = problem.sentence();
        require(!problem.text.empty() && sentence.size() <= sentence_max);
        require(sentence.find('\n') == std::string::npos);
    }
}

void require_bounds(const Section& section) {
    const auto block_max = section.integer("update.block.max");
    require(block_max >= 8 && block_max <= 65'536);
    require(section.integer("update.block.default") <= block_max);
    require(section.duration("update.poll").count() >= 1000);
    require(section.integer("exchange.lane.depth") > 0);
    require(!section.text("ajour.state").empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    auto document = parse(text);
    if (!document) return 0;
    (void)apply_flag(*document, text.substr(0, text.find('\n')));
    const auto checked = check_host(*document);
    require_readable(checked.problems);
    require_readable(unknown_keys(*document, {&host_table(), 1}));
    if (checked.problems.empty()) require_bounds(checked.section);
    return 0;
}
