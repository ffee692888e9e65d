// SPDX-License-Identifier: Apache-2.0
#include "feedback.hpp"

#include "json.hpp"

#include <algorithm>

namespace ajour::hawkbit {

namespace {

constexpr std::size_t LongestDetail = 512;

std::string size_text(std::uint64_t bytes, bool kib) {
    return std::to_string(kib ? bytes / 1024 : bytes);
}

}  // namespace

std::string safe_detail(std::string_view text) {
    std::string safe(text.substr(0, LongestDetail));
    for (auto& c : safe) {
        if (c == '<' || c == '>')
            c = '\'';
        else if (c < 0x20 || c > 0x7e)
            c = '?';
    }
    return safe;
}

int percent_of(std::uint64_t offset, std::uint64_t size) noexcept {
    if (size == 0) return 0;
    return static_cast<int>(100 * static_cast<double>(std::min(offset, size)) /
                            static_cast<double>(size));
}

std::string progress_text(std::uint64_t offset, std::uint64_t size) {
    const bool kib = size >= 4096;
    return std::to_string(percent_of(offset, size)) + " % (" + size_text(offset, kib) + " of " +
           size_text(size, kib) + (kib ? " KiB)" : " bytes)");
}

std::string feedback_body(const std::string& action, const Note& note) {
    Json result = {{"finished", note.finished}};
    if (note.percent) result["progress"] = {{"cnt", *note.percent}, {"of", 100}};
    Json status = {{"execution", note.execution}, {"result", std::move(result)}};
    if (note.code) status["code"] = *note.code;
    status["details"] = Json::array({safe_detail(note.detail)});
    return text_of(Json{{"id", action}, {"status", std::move(status)}});
}

std::string confirmation_body(bool confirmed, std::string_view detail) {
    return text_of(Json{{"confirmation", confirmed ? "confirmed" : "denied"},
                        {"details", Json::array({safe_detail(detail)})}});
}

std::string auto_confirm_body() {
    return text_of(Json{{"initiator", "ajour"}, {"remark", "source.hawkbit.confirmation is auto"}});
}

std::string installed_body(const std::string& name, const std::string& version) {
    return text_of(Json{{"name", name}, {"version", version}});
}

}  // namespace ajour::hawkbit
