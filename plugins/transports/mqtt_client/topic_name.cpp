// SPDX-License-Identifier: Apache-2.0
#include "topic_name.hpp"

#include "name.hpp"

#include <cstddef>

namespace ajour::mqtt_client {
namespace {

constexpr std::size_t most_topic_bytes = 1024;

bool has_none_of(std::string_view text, std::string_view characters) noexcept {
    return text.find_first_of(characters) == std::string_view::npos;
}

}  // namespace

bool is_name(std::string_view text) noexcept {
    return sender::is_name(text) && has_none_of(text, "/+#");
}

bool is_topic(std::string_view text) noexcept {
    if (text.empty() || text.size() > most_topic_bytes || text.front() == '$') return false;
    return sender::is_text(text) && has_none_of(text, "+#");
}

}  // namespace ajour::mqtt_client
