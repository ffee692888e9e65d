// SPDX-License-Identifier: Apache-2.0
#include "cloud_answers.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace ajour::drogue {
namespace {

using nlohmann::json;

sdk::Error malformed(std::string text) {
    return {sdk::ErrorKind::Malformed, std::move(text)};
}

const json* member(const json& value, const char* name) {
    if (!value.is_object()) return nullptr;
    const auto found = value.find(name);
    return found == value.end() ? nullptr : &*found;
}

}  // namespace

sdk::Result<std::vector<std::string>> read_applications(std::string_view text) {
    const auto document = json::parse(text, nullptr, false);
    if (!document.is_array()) return malformed("found something else than a list of applications");
    std::vector<std::string> names;
    for (const auto& application : document) {
        const auto* metadata = member(application, "metadata");
        const auto* name = metadata == nullptr ? nullptr : member(*metadata, "name");
        if (name == nullptr || !name->is_string()) {
            return malformed("found an application without a name");
        }
        names.push_back(name->get<std::string>());
    }
    return names;
}

}  // namespace ajour::drogue
