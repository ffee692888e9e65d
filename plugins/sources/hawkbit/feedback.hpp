// SPDX-License-Identifier: Apache-2.0
// What hawkBit is told, as the bodies of its requests. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ajour::hawkbit {

/// One row of an action's history.
struct Note {
    const char* execution = "proceeding";  ///< closed proceeding rejected downloaded download
    const char* finished = "none";         ///< success failure none
    std::string detail;
    std::optional<int> percent;
    std::optional<int> code;  ///< hawkBit's lastActionStatusCode, see FailureCode

    bool is_final() const { return std::string_view(execution) == "closed"; }
};

/// Says in hawkBit why an action failed, for its filters.
enum FailureCode : int {
    DeviceReverted = 1,
    ImageUnverified = 2,
    NothingChosen = 3,
    DeadlinePassed = 4,
};

/// For an action and for its cancellation alike. Without a time: a device's clock is not believed,
/// and hawkBit has its own.
std::string feedback_body(const std::string& action, const Note& note);

std::string confirmation_body(bool confirmed, std::string_view detail);
std::string auto_confirm_body();
std::string installed_body(const std::string& name, const std::string& version);

/// At most 512 printable ASCII characters, without < and >, which hawkBit takes for markup.
std::string safe_detail(std::string_view text);

/// "42 % (420 of 1000 KiB)".
std::string progress_text(std::uint64_t offset, std::uint64_t size);

/// From 0 to 100.
int percent_of(std::uint64_t offset, std::uint64_t size) noexcept;

}  // namespace ajour::hawkbit
