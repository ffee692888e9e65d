// SPDX-License-Identifier: Apache-2.0
#include "refusal.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>

namespace ajour::drogue_access {
namespace {

constexpr std::size_t body_max = 4096;

}  // namespace

bool is_refused_credential(const http_client::Response& answer) {
    if (answer.status == 401) return true;
    if (answer.status != 403 || answer.body.size() > body_max) return false;
    const auto said = nlohmann::json::parse(answer.body, nullptr, false);
    if (!said.is_object()) return false;
    const auto error = said.find("error");
    return error != said.end() && error->is_string() && *error == "Forbidden";
}

}  // namespace ajour::drogue_access
