// SPDX-License-Identifier: Apache-2.0
#include "work/notices.hpp"

namespace ajour::work {

std::string harmless(std::string_view text, std::size_t max) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string line;
    for (const char byte : text) {
        const auto code = static_cast<unsigned char>(byte);
        const bool is_printable = code >= 0x20 && code < 0x7f;
        if (line.size() + (is_printable ? 1 : 3) > max) return line + "...";
        if (is_printable) {
            line += byte;
        } else {
            line.append(1, '%').append(1, digits[code >> 4]).append(1, digits[code & 15]);
        }
    }
    return line;
}

void Notices::tell(const Notice& notice) noexcept try {
    const auto passed = filter(notice.alike);
    if (!passed.write) return left_out_.add();
    std::string line(notice.text);
    if (passed.alike > 0) line += " (and " + std::to_string(passed.alike) + " more like it)";
    if (passed.others > 0) {
        line += " (and " + std::to_string(passed.others) + " other lines were left out)";
    }
    write_(notice.level, notice.part, line);
} catch (...) {
    left_out_.add();
}

LineLimiter::Passed Notices::filter(std::string_view alike) {
    const std::lock_guard lock(mutex_);
    return limiter_.pass(std::hash<std::string_view>()(alike), clock_.now());
}

}  // namespace ajour::work
