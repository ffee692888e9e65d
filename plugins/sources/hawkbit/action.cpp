// SPDX-License-Identifier: Apache-2.0
#include "action.hpp"

#include <utility>

namespace ajour::hawkbit {

using Event = sdk::Observation::Event;

namespace {

constexpr int RowsKept = 6;  // for what must be told whatever happens

Note counted(Action& action, Note note) {
    ++action.rows;
    action.read_last = false;
    return note;
}

bool has_rows(const Action& action, const Budget& budget) noexcept {
    return action.rows < budget.rows - RowsKept;
}

Note begin(Action& action, const sdk::Observation& seen, std::int64_t now) {
    action.begun = true;
    action.told_at = now;
    action.told_percent = percent_of(seen.offset, seen.size);
    Note note;
    note.execution = "download";
    note.detail = "the device takes version " + action.chosen.version + ": " +
                  progress_text(seen.offset, seen.size);
    return counted(action, std::move(note));
}

std::vector<Note> progress(Action& action, const sdk::Observation& seen, std::int64_t now,
                           const Budget& budget) {
    action.received = false;  // a device that begins again is not past its swap
    if (!action.begun) return {begin(action, seen, now)};
    const auto percent = percent_of(seen.offset, seen.size);
    const bool due =
        percent >= action.told_percent + budget.step && now >= action.told_at + budget.interval;
    if (!due || !has_rows(action, budget)) return {};
    action.told_percent = percent;
    action.told_at = now;
    Note note;
    note.percent = percent;
    note.detail = progress_text(seen.offset, seen.size);
    return {counted(action, std::move(note))};
}

std::vector<Note> received(Action& action, const sdk::Observation& seen, std::int64_t now) {
    std::vector<Note> notes;
    if (!action.begun) notes.push_back(begin(action, seen, now));
    action.received = true;
    if (std::exchange(action.told_received, true)) return notes;
    if (action.permit == sdk::Permit::Write) action.phase = Phase::Downloaded;
    Note note;
    note.execution = "downloaded";
    note.detail = "the device has all of version " + action.chosen.version + ": " +
                  progress_text(seen.size, seen.size);
    notes.push_back(counted(action, std::move(note)));
    return notes;
}

std::vector<Note> listed(std::optional<Note> note) {
    if (!note) return {};
    return {std::move(*note)};
}

}  // namespace

std::optional<Note> succeed(Action& action) {
    if (action.phase == Phase::Succeeded || action.phase == Phase::Failed ||
        action.phase == Phase::Canceled) {
        return std::nullopt;
    }
    action.phase = Phase::Succeeded;
    Note note;
    note.execution = "closed";
    note.finished = "success";
    note.detail = "the device runs version " + action.chosen.version;
    return counted(action, std::move(note));
}

std::optional<Note> fail(Action& action, FailureCode code, const std::string& why) {
    if (!action.is_open()) return std::nullopt;
    action.phase = Phase::Failed;
    action.why = why;
    Note note;
    note.execution = "closed";
    note.finished = "failure";
    note.code = code;
    note.detail = why;
    return counted(action, std::move(note));
}

std::vector<Note> hear(Action& action, const sdk::Observation& seen, const std::string& running,
                       std::int64_t now, const Budget& budget) {
    if (seen.event == Event::InSync) return listed(succeed(action));
    if (!action.is_open()) return {};
    switch (seen.event) {
        case Event::Progress:
            return progress(action, seen, now, budget);
        case Event::Received:
            return received(action, seen, now);
        case Event::Reverted:
            return listed(fail(action, DeviceReverted,
                               "the device came back from its swap to version " +
                                   action.chosen.version + " with the old one, " + running));
        default:
            return {};  // what cannot be fetched is counted where it is fetched
    }
}

Note answer_cancellation(Action& action) {
    Note note;
    if (action.is_past_swap()) {
        note.execution = "rejected";
        note.detail = "the device has been told to swap already";
    } else {
        action.phase = Phase::Canceled;
        note.execution = "closed";
        note.finished = "success";
        note.detail = action.begun ? "the device takes no more blocks" : "it had not begun";
    }
    return counted(action, std::move(note));
}

bool may_read_again(const Action& action, const Budget& budget) noexcept {
    return action.is_open() && has_rows(action, budget);
}

void count_reading(Action& action) {
    if (!action.read_last) ++action.rows;
    action.read_last = true;
}

void count_download(Action& action) {
    ++action.rows;
    action.read_last = false;
}

}  // namespace ajour::hawkbit
