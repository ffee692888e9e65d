// SPDX-License-Identifier: Apache-2.0
#include "cli/device_state.hpp"

namespace ajour::cli {

namespace {

/// Null when there is none of that type.
const Json* find_condition(const Json& firmware, std::string_view type) {
    const auto* conditions = json::member(firmware, "conditions");
    if (conditions == nullptr || !conditions->is_array()) return nullptr;
    for (const auto& condition : *conditions) {
        if (json::text(condition, "type") == type) return &condition;
    }
    return nullptr;
}

bool is_true(const Json* condition) {
    return condition != nullptr && json::text(*condition, "status") == "True";
}

std::string state_word(const Json* in_sync, const Json* progress) {
    if (is_true(in_sync)) return "in sync";
    const auto reason = in_sync == nullptr ? std::string() : json::text(*in_sync, "reason");
    if (!reason.empty()) return reason;
    return progress != nullptr ? "updating" : "not in sync";
}

void add_note(std::string& note, const std::string& text) {
    if (text.empty()) return;
    if (!note.empty()) note += "; ";
    note += text;
}

std::string note_of(const Json& firmware) {
    std::string note;
    const auto* conditions = json::member(firmware, "conditions");
    if (conditions == nullptr || !conditions->is_array()) return note;
    for (const auto& condition : *conditions) {
        if (json::text(condition, "type") != "UpdateProgress")
            add_note(note, json::text(condition, "message"));
    }
    return note;
}

}  // namespace

DeviceState state_of(const Json& device) {
    const auto* firmware = json::at(device, {"status", "firmware"});
    if (firmware == nullptr) return {"-", "-", "never seen", "", ""};
    const auto* in_sync = find_condition(*firmware, "InSync");
    const auto* progress = find_condition(*firmware, "UpdateProgress");
    const auto percent =
        progress == nullptr ? std::string() : json::text(*progress, "message") + " %";
    return {json::text(*firmware, "current"), json::text(*firmware, "target"),
            state_word(in_sync, progress), percent, note_of(*firmware)};
}

}  // namespace ajour::cli
