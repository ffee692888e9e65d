// SPDX-License-Identifier: Apache-2.0
#include "firmware_status.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdio>

namespace ajour::drogue_registry {

namespace {

using nlohmann::json;
using sdk::Condition;

std::string_view text_of(Condition::Status status) noexcept {
    if (status == Condition::Status::False) return "False";
    return status == Condition::Status::True ? "True" : "Unknown";
}

Condition::Status status_of(std::string_view text) noexcept {
    if (text == "False") return Condition::Status::False;
    return text == "True" ? Condition::Status::True : Condition::Status::Unknown;
}

/// RFC 3339 with nine digits of fraction.
std::string timestamp(std::chrono::system_clock::time_point at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(std::chrono::nanoseconds(at - day));
    char text[64];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%09lldZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()),
                  static_cast<long long>(time.subseconds().count()));
    return text;
}

std::string text_at(const json& value, const char* name) {
    if (!value.is_object()) return {};
    const auto found = value.find(name);
    return found != value.end() && found->is_string() ? found->get<std::string>() : std::string();
}

const json* former_condition(const json& former, const std::string& type) {
    const auto conditions = former.is_object() ? former.find("conditions") : former.end();
    if (!former.is_object() || conditions == former.end() || !conditions->is_array())
        return nullptr;
    for (const auto& condition : *conditions) {
        if (text_at(condition, "type") == type) return &condition;
    }
    return nullptr;
}

std::string transition_time(const Condition& condition, const json& former) {
    const auto* before = former_condition(former, condition.type);
    if (before != nullptr && text_at(*before, "status") == text_of(condition.status)) {
        if (auto kept = text_at(*before, "lastTransitionTime"); !kept.empty()) return kept;
    }
    return timestamp(condition.at);
}

json condition_json(const Condition& condition, const json& former) {
    json made = {{"type", condition.type},
                 {"status", text_of(condition.status)},
                 {"lastTransitionTime", transition_time(condition, former)}};
    if (!condition.reason.empty()) made["reason"] = condition.reason;
    if (!condition.message.empty()) made["message"] = condition.message;
    return made;
}

json parsed(std::string_view text) {
    return json::parse(text.begin(), text.end(), nullptr, false);
}

}  // namespace

std::string firmware_text(const sdk::Report& report, std::string_view former_text) {
    const auto former = parsed(former_text);
    auto conditions = json::array();  // the tools of the cloud want one, also an empty one
    for (const auto& condition : report.conditions) {
        conditions.push_back(condition_json(condition, former));
    }
    const json firmware = {{"conditions", std::move(conditions)},
                           {"current", report.current},
                           {"target", report.target}};
    return firmware.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<sdk::Report> read_firmware(std::string_view text) {
    const auto firmware = parsed(text);
    if (!firmware.is_object()) return std::nullopt;
    sdk::Report report{{}, text_at(firmware, "current"), text_at(firmware, "target"), {}};
    const auto conditions = firmware.find("conditions");
    if (conditions == firmware.end() || !conditions->is_array()) return std::nullopt;
    for (const auto& condition : *conditions) {
        report.conditions.push_back({text_at(condition, "type"),
                                     status_of(text_at(condition, "status")),
                                     text_at(condition, "reason"),
                                     text_at(condition, "message"),
                                     {}});
    }
    return report;
}

}  // namespace ajour::drogue_registry
