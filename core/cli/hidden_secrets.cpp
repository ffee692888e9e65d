// SPDX-License-Identifier: Apache-2.0
#include "cli/hidden_secrets.hpp"

#include <string_view>

namespace ajour::cli {

namespace {

bool is_secret(std::string_view key) {
    return key == "pass" || key == "password" || key == "key";
}

void hide(Json& value) {
    if (value.is_array()) {
        for (auto& item : value) hide(item);
    }
    if (!value.is_object()) return;
    for (auto& [key, item] : value.items()) {
        if (is_secret(key)) {
            item = "(hidden)";
        } else {
            hide(item);
        }
    }
}

void hide_credentials(Json& object, const char* place) {
    if (json::at(object, {"spec", place}) != nullptr) hide(object["spec"][place]);
}

}  // namespace

Json without_secrets(Json object) {
    hide_credentials(object, "authentication");
    hide_credentials(object, "credentials");
    return object;
}

}  // namespace ajour::cli
