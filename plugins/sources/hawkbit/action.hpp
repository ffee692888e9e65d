// SPDX-License-Identifier: Apache-2.0
// What is remembered of one action of hawkBit, and what hawkBit is told as the device goes on.
// Pure.
#pragma once

#include <ajour/sdk/release.hpp>
#include <ajour/sdk/source.hpp>

#include "choice.hpp"
#include "feedback.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ajour::hawkbit {

/// How much hawkBit is told.
struct Budget {
    int step = 10;               ///< percent
    std::int64_t interval = 60;  ///< seconds
    int rows = 40;
};

enum class Phase : std::uint8_t {
    Open,
    Downloaded,  ///< that was all that was wanted
    Succeeded,   ///< the device runs it
    Failed,
    Canceled,
    Gone,  ///< hawkBit does not want it any more, and did not ask us
};

struct Action {
    std::string id;
    std::string state;  ///< of hawkBit's link, see ActionLink
    sdk::Permit permit = sdk::Permit::Nothing;
    bool windowed = false;  ///< has a maintenance window, open or closed
    bool soft = false;      ///< may become forced
    Chosen chosen;
    Phase phase = Phase::Open;
    std::string why;         ///< it failed
    std::int64_t since = 0;  ///< seconds since 1970
    int rows = 2;            ///< in hawkBit: that it was made, and that we read it
    bool read_last = true;   ///< the newest row says that we read it; once more costs no row
    bool reread = false;     ///< its link led nowhere; hawkBit may have a better one now
    bool begun = false;      ///< the device took a block
    bool received = false;   ///< the device has all of it
    bool told_received = false;
    bool swap_permitted = false;  ///< the host was told so
    int told_percent = 0;
    std::int64_t told_at = 0;

    bool is_open() const noexcept { return phase == Phase::Open; }
    /// The device has been told to swap, as far as we know.
    bool is_past_swap() const noexcept { return received && swap_permitted; }
};

/// Takes what became of it at its device; gives the rows that hawkBit gets, none as a rule. A
/// device may have been so quick that its begin is heard of with its end. `running` is what the
/// device reports.
std::vector<Note> hear(Action& action, const sdk::Observation& seen, const std::string& running,
                       std::int64_t now, const Budget& budget);

/// The device runs it. Nothing when hawkBit has been told.
std::optional<Note> succeed(Action& action);

/// It ended otherwise. Nothing when it has ended.
std::optional<Note> fail(Action& action, FailureCode code, const std::string& why);

/// The answer to its cancellation: refused past the swap.
Note answer_cancellation(Action& action);

/// Whether hawkBit may be asked once more what it wants, which may cost a row.
bool may_read_again(const Action& action, const Budget& budget) noexcept;

/// Counts rows that are not notes.
void count_reading(Action& action);
void count_download(Action& action);

}  // namespace ajour::hawkbit
