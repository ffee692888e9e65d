// SPDX-License-Identifier: Apache-2.0
#include "cli/device_state.hpp"

#include <cstdint>
#include <cstdio>

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

/// Of "50.00 %, 64 blocks left": the number, and what follows it.
void read_progress(DeviceState& state, const std::string& message) {
    const auto number = message.substr(0, message.find(' '));
    state.progress = number + " %";
    const auto more = message.find(", ");
    if (more != std::string::npos) add_note(state.note, message.substr(more + 2));
}

DeviceState reported_state(const Json& device, bool is_updating) {
    const auto* firmware = json::at(device, {"status", "firmware"});
    if (firmware == nullptr) return {"-", "-", "never seen", "", "", "", ""};
    const auto* in_sync = find_condition(*firmware, "InSync");
    const auto* progress = find_condition(*firmware, "UpdateProgress");
    DeviceState state{json::text(*firmware, "current"),
                      json::text(*firmware, "target"),
                      state_word(in_sync, progress),
                      "",
                      "",
                      "",
                      note_of(*firmware)};
    if (progress != nullptr && !is_updating) read_progress(state, json::text(*progress, "message"));
    return state;
}

std::string percent(double offset, double size) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f %%", size > 0 ? 100 * offset / size : 0);
    return text;
}

double number(const Json& update, const char* name) {
    const auto* found = json::member(update, name);
    return found != nullptr && found->is_number() ? found->get<double>() : 0;
}

bool is_on_its_way(const std::string& state) {
    return state == "updating" || state == "in sync" || state == "not in sync" ||
           state == "never seen";
}

/// It is newer than what the registry was told.
void take_update(DeviceState& state, const Json& update) {
    const auto blocks = static_cast<std::int64_t>(number(update, "blocksLeft"));
    const bool waits = !json::text(update, "waitsUntil").empty();
    if (is_on_its_way(state.state)) state.state = waits ? "waits for air time" : "updating";
    state.progress = percent(number(update, "offset"), number(update, "size"));
    if (blocks > 0) state.left = std::to_string(blocks) + (blocks == 1 ? " block" : " blocks");
    state.end = json::text(update, "end");
    add_note(state.note, json::text(update, "note"));
}

}  // namespace

DeviceState state_of(const Json& device, const Json* update) {
    auto state = reported_state(device, update != nullptr);
    if (update != nullptr) take_update(state, *update);
    return state;
}

}  // namespace ajour::cli
