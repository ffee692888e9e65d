// SPDX-License-Identifier: Apache-2.0
// The shapes that Drogue's console and command line read.
#include "fleet/conditions.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace ajour::fleet {

namespace {

using sdk::Condition;
using Status = sdk::Condition::Status;
using update::Cause;

const sdk::DeviceId device{"app", "dev"};
const Moment moment = Moment(std::chrono::seconds(1'700'000'000));

sdk::Report report(const Reported& reported, const firmware::Standing* standing = nullptr,
                   const std::string& problem = {}, const Forecast& forecast = {}) {
    return make_report(device, reported, {standing, problem, forecast}, moment);
}

const Condition* find(const sdk::Report& report, const std::string& type) {
    for (const auto& condition : report.conditions) {
        if (condition.type == type) return &condition;
    }
    return nullptr;
}

Reported updating(std::uint32_t offset, std::uint32_t size) {
    Reported reported;
    reported.running = "1.0.0";
    reported.target = "1.0.1";
    reported.updating = true;
    reported.offset = offset;
    reported.size = size;
    return reported;
}

Reported waiting(Cause cause) {
    Reported reported;
    reported.running = "1.0.0";
    reported.waiting = true;
    reported.cause = cause;
    return reported;
}

TEST(Conditions, in_sync_is_one_condition) {
    Reported reported;
    reported.running = reported.target = "1.0.0";
    reported.in_sync = true;
    const auto made = report(reported);
    EXPECT_EQ(made.device, device);
    EXPECT_EQ(made.current, "1.0.0");
    EXPECT_EQ(made.target, "1.0.0");
    ASSERT_EQ(made.conditions.size(), 1U);
    EXPECT_EQ(made.conditions[0].type, "InSync");
    EXPECT_EQ(made.conditions[0].status, Status::True);
    EXPECT_EQ(made.conditions[0].reason + made.conditions[0].message, "");
    EXPECT_EQ(made.conditions[0].at, moment);
}

TEST(Conditions, progress_is_a_bare_number_with_two_decimals) {
    const auto made = report(updating(512, 1024));
    EXPECT_EQ(find(made, "InSync")->status, Status::False);
    const auto* progress = find(made, "UpdateProgress");
    ASSERT_NE(progress, nullptr);
    EXPECT_EQ(progress->status, Status::Unknown);
    EXPECT_EQ(progress->message, "50.00");
    EXPECT_EQ(find(report(updating(1, 3)), "UpdateProgress")->message, "33.33");
    EXPECT_EQ(find(report(updating(3, 3)), "UpdateProgress")->message, "100.00");
}

TEST(Conditions, progress_has_a_reason_while_something_is_in_its_way) {
    const auto reason = [](const Forecast& forecast) {
        return find(report(updating(512, 1024), nullptr, {}, forecast), "UpdateProgress")->reason;
    };
    Forecast forecast;
    EXPECT_EQ(reason(forecast), "");
    forecast.drop = sdk::Drop::Gateway;
    EXPECT_EQ(reason(forecast), "NotSent");
    forecast.delay = Forecast::Delay{sdk::Delay::Share::Device, std::chrono::minutes(5)};
    EXPECT_EQ(reason(forecast), "WaitsForAirTime");
    forecast.delay->rest.reset();
    EXPECT_EQ(reason(forecast), "NoAirTime");
}

TEST(Conditions, progress_of_no_bytes_is_still_a_number) {
    EXPECT_EQ(find(report(updating(0, 0)), "UpdateProgress")->message, "0.00");
}

TEST(Conditions, the_first_word_of_progress_is_what_the_console_can_read) {
    for (const std::uint32_t offset : {0U, 1U, 4095U, 0xffffffffU}) {
        const auto made = report(updating(offset, 0xffffffff));
        const auto message = find(made, "UpdateProgress")->message;
        const auto word = message.substr(0, message.find(' '));
        char* end = nullptr;
        const double value = std::strtod(word.c_str(), &end);
        EXPECT_EQ(*end, '\0') << word;
        EXPECT_GE(value, 0.0);
        EXPECT_LE(value, 100.0);
    }
}

TEST(Conditions, versions_that_are_none_or_no_text_are_unknown) {
    Reported reported;
    EXPECT_EQ(report(reported).current, "Unknown");
    EXPECT_EQ(report(reported).target, "Unknown");
    reported.running = "\xff\xfe";
    reported.target = "1.0.1";
    EXPECT_EQ(report(reported).current, "Unknown");
    EXPECT_EQ(report(reported).target, "1.0.1");
}

TEST(Conditions, every_cause_is_explained) {
    for (int cause = 0; cause <= static_cast<int>(Cause::TooManyTargets); ++cause) {
        const auto made = report(waiting(static_cast<Cause>(cause)));
        const auto* in_sync = find(made, "InSync");
        EXPECT_EQ(in_sync->reason, update::text_of(static_cast<Cause>(cause)));
        EXPECT_FALSE(in_sync->message.empty()) << cause;
        EXPECT_EQ(in_sync->status,
                  cause == static_cast<int>(Cause::NoTarget) ? Status::Unknown : Status::False);
    }
}

TEST(Conditions, a_source_that_failed_is_quoted) {
    firmware::Standing standing;
    standing.absent = Cause::SourceFailed;
    standing.problem = "connection refused";
    const auto made = report(waiting(Cause::SourceFailed), &standing);
    EXPECT_NE(find(made, "InSync")->message.find("connection refused"), std::string::npos);
    EXPECT_EQ(find(made, "SourceFailed"), nullptr) << "once is enough";
}

TEST(Conditions, what_a_source_said_after_the_device_was_told_to_wait_is_not_mixed_in) {
    firmware::Standing standing;
    standing.absent = Cause::SourceFailed;
    standing.problem = "opening lamp.json: No such file";
    EXPECT_EQ(find(report(waiting(Cause::Withdrawn), &standing), "InSync")->message,
              "the release was withdrawn");
}

TEST(Conditions, a_target_that_cannot_be_read_is_a_fault_not_an_absence) {
    const auto made = report(waiting(Cause::NoTarget), nullptr, "two keys");
    EXPECT_EQ(find(made, "InSync")->status, Status::False);
    EXPECT_NE(find(made, "InSync")->message.find("two keys"), std::string::npos);
}

class StandingConditions : public testing::Test {
protected:
    void SetUp() override {
        // Any image will do: only that there is one is looked at.
        standing.image = std::shared_ptr<const firmware::Image>(
            std::shared_ptr<int>(), reinterpret_cast<const firmware::Image*>(&place));
    }
    int place = 0;
    firmware::Standing standing;
};

TEST_F(StandingConditions, a_release_served_in_spite_of_its_source_says_so) {
    standing.problem = "connection refused";
    const auto made = report(updating(1, 2), &standing);
    ASSERT_NE(find(made, "SourceFailed"), nullptr);
    EXPECT_EQ(find(made, "SourceFailed")->reason, "LastGoodRelease");
    EXPECT_NE(find(made, "SourceFailed")->message.find("connection refused"), std::string::npos);
}

TEST_F(StandingConditions, a_warning_of_the_source_is_shown) {
    standing.warning = "unsigned";
    ASSERT_NE(find(report(updating(1, 2), &standing), "SourceWarning"), nullptr);
    EXPECT_EQ(find(report(updating(1, 2), &standing), "SourceWarning")->message, "unsigned");
}

TEST(Conditions, a_version_too_long_for_stock_devices_is_warned_of) {
    auto reported = updating(1, 2);
    reported.target = std::string(16, 'v');
    EXPECT_EQ(find(report(reported), "Warning"), nullptr);
    reported.target = std::string(17, 'v');
    const auto made = report(reported);
    ASSERT_NE(find(made, "Warning"), nullptr);
    EXPECT_EQ(find(made, "Warning")->reason, "VersionTooLong");
    EXPECT_NE(find(made, "Warning")->message.find("17"), std::string::npos);
}

}  // namespace

}  // namespace ajour::fleet
