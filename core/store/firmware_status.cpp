// SPDX-License-Identifier: Apache-2.0
#include "store/firmware_status.hpp"

#include "store/connection.hpp"
#include "store/timestamp.hpp"

#include <string_view>

namespace ajour::store {

using sdk::Condition;
using sdk::Error;
using sdk::ErrorKind;

namespace {

std::string_view text_of(Condition::Status status) noexcept {
    switch (status) {
        case Condition::Status::False:
            return "False";
        case Condition::Status::True:
            return "True";
        case Condition::Status::Unknown:
            break;
    }
    return "Unknown";
}

const Json* find_condition(const Json& firmware, std::string_view type) {
    const Json* conditions = json::member(firmware, "conditions");
    if (conditions == nullptr || !conditions->is_array()) return nullptr;
    for (const auto& condition : *conditions) {
        if (json::text(condition, "type") == type) return &condition;
    }
    return nullptr;
}

std::string transition_time(const Condition& condition, const Json& former) {
    const Json* before = find_condition(former, condition.type);
    if (before != nullptr && json::text(*before, "status") == text_of(condition.status)) {
        if (auto kept = json::text(*before, "lastTransitionTime"); !kept.empty()) return kept;
    }
    return timestamp(condition.at);
}

Json condition_of(const Condition& condition, const Json& former) {
    Json made = {{"type", condition.type},
                 {"status", text_of(condition.status)},
                 {"lastTransitionTime", transition_time(condition, former)}};
    if (!condition.reason.empty()) made["reason"] = condition.reason;
    if (!condition.message.empty()) made["message"] = condition.message;
    return made;
}

bool is_optional_text(const Json& value, std::string_view name) {
    const Json* found = json::member(value, name);
    return found == nullptr || found->is_null() || found->is_string();
}

bool is_condition(const Json& condition) {
    const auto status = json::text(condition, "status");
    return !json::text(condition, "type").empty() &&
           (status == "True" || status == "False" || status == "Unknown") &&
           is_timestamp(json::text(condition, "lastTransitionTime")) &&
           is_optional_text(condition, "reason") && is_optional_text(condition, "message");
}

Phase phase_of(const Json& firmware) {
    const Json* in_sync = find_condition(firmware, "InSync");
    if (in_sync != nullptr && json::text(*in_sync, "status") == "True") return Phase::InSync;
    return find_condition(firmware, "UpdateProgress") != nullptr ? Phase::Updating : Phase::Other;
}

}  // namespace

Json firmware_of(const sdk::Report& report, const Json& former) {
    Json conditions = Json::array();
    for (const auto& condition : report.conditions) {
        conditions.push_back(condition_of(condition, former));
    }
    return {{"conditions", std::move(conditions)},
            {"current", report.current},
            {"target", report.target}};
}

sdk::Result<void> check_firmware(const Json& firmware) {
    for (const auto* name : {"current", "target"}) {
        const Json* found = json::member(firmware, name);
        if (found == nullptr || !found->is_string()) {
            return Error{ErrorKind::Malformed, std::string(name) + " is not a text"};
        }
    }
    const Json* conditions = json::member(firmware, "conditions");
    if (conditions == nullptr || !conditions->is_array()) {
        return Error{ErrorKind::Malformed, "conditions is not an array"};
    }
    for (const auto& condition : *conditions) {
        if (is_condition(condition)) continue;
        return Error{
            ErrorKind::Malformed,
            "a condition needs type, status (True, False, Unknown) and lastTransitionTime"};
    }
    return {};
}

void store_firmware(Connection& connection, std::int64_t object, const Json& firmware) {
    if (firmware.is_null()) {
        connection.run("DELETE FROM firmware_status WHERE object = ?", object);
        return;
    }
    connection.run(
        "INSERT INTO firmware_status (object, phase, firmware) VALUES (?, ?, ?) "
        "ON CONFLICT (object) DO UPDATE SET phase = excluded.phase, firmware = excluded.firmware",
        object, static_cast<std::int64_t>(phase_of(firmware)), json::print(firmware));
}

}  // namespace ajour::store
