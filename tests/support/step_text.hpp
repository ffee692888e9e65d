// SPDX-License-Identifier: Apache-2.0
// A step as docs/protocol.md writes it: "block target 512+488", "wait 10 NotReady", "sync 60",
// "swap previous".
#pragma once

#include "update/step.hpp"

#include <string>

namespace ajour::support {

inline const char* text_of(update::Choice choice) {
    return choice == update::Choice::Target ? "target" : "previous";
}

inline std::string text_of(const update::Step& step) {
    if (const auto* in_sync = std::get_if<update::InSync>(&step)) {
        return "sync " + std::to_string(in_sync->poll);
    }
    if (const auto* later = std::get_if<update::Later>(&step)) {
        return "wait " + std::to_string(later->seconds) + " " +
               std::string(update::text_of(later->cause));
    }
    if (const auto* block = std::get_if<update::NeedBlock>(&step)) {
        return std::string("block ") + text_of(block->image) + " " + std::to_string(block->offset) +
               "+" + std::to_string(block->length) + (block->starts_over ? " anew" : "");
    }
    return std::string("swap ") + text_of(std::get<update::Complete>(step).image);
}

}  // namespace ajour::support
