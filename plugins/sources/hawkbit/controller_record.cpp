// SPDX-License-Identifier: Apache-2.0
#include "controller_record.hpp"

#include "action_record.hpp"
#include "json.hpp"

namespace ajour::hawkbit {

namespace {

constexpr std::size_t LongestText = 1024;

std::string text_in(const Json& record, const char* name) {
    const auto text = text_member(record, name, LongestText);
    return text ? text->value_or("") : "";
}

}  // namespace

std::string record_of(const Controller& controller) {
    Json record = {{"confirmation", controller.confirmation_told},
                   {"attributes", controller.attributes_told},
                   {"installed", controller.installed_told}};
    if (controller.action) record["action"] = record_of(*controller.action);
    return text_of(record);
}

void restore(Controller& controller, std::string_view text) {
    const auto record = parse_object(text);
    if (!record) return;
    controller.confirmation_told = text_in(*record, "confirmation");
    controller.attributes_told = text_in(*record, "attributes");
    controller.installed_told = text_in(*record, "installed");
    const auto* action = member(*record, "action");
    if (action == nullptr) return;
    auto read = read_record(*action);
    if (read) controller.action = std::make_unique<Action>(std::move(*read));
}

}  // namespace ajour::hawkbit
