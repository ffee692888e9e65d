// SPDX-License-Identifier: Apache-2.0
#include "action.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

using Event = sdk::Observation::Event;
using sdk::Permit;

class AnAction : public testing::Test {
protected:
    AnAction() {
        action.id = "7";
        action.permit = Permit::Swap;
        action.chosen.version = "1.0.1";
    }
    std::string hear_of(Event event, std::uint64_t offset = 0, std::int64_t now = 0) {
        sdk::Observation seen;
        seen.event = event;
        seen.offset = offset;
        seen.size = 1000;
        std::string rows;
        for (const auto& note : hear(action, seen, "1.0.0", now, budget)) {
            rows.append(rows.empty() ? "" : " ").append(note.execution);
            rows.append("/").append(note.finished);
        }
        return rows;
    }
    Action action;
    Budget budget;
};

TEST_F(AnAction, is_told_from_its_begin_to_its_end) {
    EXPECT_EQ(hear_of(Event::Progress, 0, 100), "download/none");
    EXPECT_EQ(hear_of(Event::Progress, 500, 200), "proceeding/none");
    EXPECT_EQ(hear_of(Event::Received, 1000, 300), "downloaded/none");
    EXPECT_EQ(hear_of(Event::InSync), "closed/success");
    EXPECT_EQ(hear_of(Event::InSync), "");
    EXPECT_EQ(action.phase, Phase::Succeeded);
}

TEST_F(AnAction, tells_progress_in_steps_and_not_too_often) {
    hear_of(Event::Progress, 0, 100);
    EXPECT_EQ(hear_of(Event::Progress, 500, 159), "");
    EXPECT_EQ(hear_of(Event::Progress, 99, 200), "");
    EXPECT_EQ(hear_of(Event::Progress, 100, 200), "proceeding/none");
    EXPECT_EQ(hear_of(Event::Progress, 150, 300), "");
}

TEST_F(AnAction, keeps_rows_for_its_end) {
    budget.interval = 0;
    budget.step = 1;
    budget.rows = 20;
    int told = 0;
    for (std::uint64_t i = 0; i < 100; ++i)
        told += hear_of(Event::Progress, 10 * i).empty() ? 0 : 1;
    EXPECT_EQ(told, 12);
    EXPECT_EQ(hear_of(Event::Received, 1000), "downloaded/none");
    EXPECT_EQ(hear_of(Event::InSync), "closed/success");
    EXPECT_LE(action.rows, 20);
}

TEST_F(AnAction, of_which_the_device_comes_back_has_failed) {
    hear_of(Event::Received, 1000);
    sdk::Observation seen;
    seen.event = Event::Reverted;
    const auto notes = hear(action, seen, "1.0.0", 0, budget);
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_TRUE(notes[0].is_final());
    EXPECT_EQ(notes[0].code, DeviceReverted);
    EXPECT_NE(notes[0].detail.find("1.0.0"), std::string::npos);
    EXPECT_EQ(hear_of(Event::InSync), "");
    EXPECT_EQ(hear_of(Event::Progress), "");
}

TEST_F(AnAction, that_is_download_only_ends_with_the_download_and_may_still_succeed) {
    action.permit = Permit::Write;
    EXPECT_EQ(hear_of(Event::Received, 1000), "download/none downloaded/none");
    EXPECT_EQ(action.phase, Phase::Downloaded);
    EXPECT_EQ(hear_of(Event::Reverted), "");
    EXPECT_EQ(hear_of(Event::InSync), "closed/success");
}

TEST_F(AnAction, is_canceled_before_the_swap_only) {
    hear_of(Event::Received, 1000);
    auto later = action;
    later.swap_permitted = true;
    EXPECT_STREQ(answer_cancellation(later).execution, "rejected");
    EXPECT_EQ(later.phase, Phase::Open);
    EXPECT_STREQ(answer_cancellation(action).execution, "closed");
    EXPECT_EQ(action.phase, Phase::Canceled);
    EXPECT_EQ(hear_of(Event::InSync), "");
}

TEST_F(AnAction, whose_device_begins_again_is_not_past_its_swap) {
    action.swap_permitted = true;
    hear_of(Event::Received, 1000);
    EXPECT_TRUE(action.is_past_swap());
    hear_of(Event::Progress, 0);
    EXPECT_FALSE(action.is_past_swap());
}

TEST_F(AnAction, tells_that_all_was_received_once) {
    EXPECT_EQ(hear_of(Event::Received, 1000), "download/none downloaded/none");
    hear_of(Event::Progress, 0);
    EXPECT_EQ(hear_of(Event::Received, 1000), "");
}

TEST_F(AnAction, costs_a_row_for_each_reading_that_hawkbit_writes_down) {
    EXPECT_EQ(action.rows, 2);
    count_reading(action);
    EXPECT_EQ(action.rows, 2);
    count_download(action);
    EXPECT_EQ(action.rows, 3);
    count_reading(action);
    count_reading(action);
    EXPECT_EQ(action.rows, 4);
}

TEST_F(AnAction, does_not_fail_by_what_the_host_could_not_fetch_once) {
    EXPECT_EQ(hear_of(Event::Failed), "");
    EXPECT_TRUE(action.is_open());
    EXPECT_TRUE(fail(action, ImageUnverified, "no"));
    EXPECT_FALSE(fail(action, ImageUnverified, "no"));
    EXPECT_EQ(action.why, "no");
}

}  // namespace
}  // namespace ajour::hawkbit
