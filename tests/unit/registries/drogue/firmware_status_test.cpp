// SPDX-License-Identifier: Apache-2.0
// The texts are those that the original server writes, and the cloud's tools read.
#include "firmware_status.hpp"

#include "gist.hpp"

#include <gtest/gtest.h>

namespace ajour::drogue_registry {
namespace {

using sdk::Condition;
using sdk::Report;
using std::chrono::nanoseconds;

/// 2023-01-27T10:11:12.123456789Z
const std::chrono::system_clock::time_point moment{nanoseconds(1674814272123456789)};

Report in_sync() {
    return {
        {"app", "dev"}, "0.1.0", "0.1.0", {{"InSync", Condition::Status::True, "", "", moment}}};
}
Report half_way() {
    return {{"app", "dev"},
            "0.1.0",
            "0.1.1",
            {{"InSync", Condition::Status::False, "", "", moment},
             {"UpdateProgress", Condition::Status::Unknown, "", "50.00", moment}}};
}

constexpr auto in_sync_text =
    R"({"conditions":[{"lastTransitionTime":"2023-01-27T10:11:12.123456789Z","status":"True","type":"InSync"}],)"
    R"("current":"0.1.0","target":"0.1.0"})";
constexpr auto half_way_text =
    R"({"conditions":[{"lastTransitionTime":"2023-01-27T10:11:12.123456789Z","status":"False","type":"InSync"},)"
    R"({"lastTransitionTime":"2023-01-27T10:11:12.123456789Z","message":"50.00","status":"Unknown","type":"UpdateProgress"}],)"
    R"("current":"0.1.0","target":"0.1.1"})";

TEST(FirmwareText, is_the_original_ones_in_sync) {
    EXPECT_EQ(firmware_text(in_sync(), ""), in_sync_text);
}

TEST(FirmwareText, is_the_original_ones_half_way) {
    EXPECT_EQ(firmware_text(half_way(), ""), half_way_text);
}

TEST(FirmwareText, has_reason_and_message_of_what_is_wrong) {
    Report report = in_sync();
    report.target = "Unknown";
    report.conditions[0] = {"InSync", Condition::Status::False, "SourceFailed", "no such image",
                            moment};
    EXPECT_EQ(
        firmware_text(report, ""),
        R"({"conditions":[{"lastTransitionTime":"2023-01-27T10:11:12.123456789Z","message":"no such image",)"
        R"("reason":"SourceFailed","status":"False","type":"InSync"}],"current":"0.1.0","target":"Unknown"})");
}

TEST(FirmwareText, has_a_list_of_conditions_also_when_there_is_none) {
    EXPECT_EQ(firmware_text({{"app", "dev"}, "1", "2", {}}, ""),
              R"({"conditions":[],"current":"1","target":"2"})");
}

TEST(FirmwareText, keeps_the_time_of_a_condition_while_its_status_is_the_same) {
    auto later = half_way();
    for (auto& condition : later.conditions) condition.at += std::chrono::hours(1);
    later.conditions[1].message = "60.00";
    std::string expected = half_way_text;
    expected.replace(expected.find("50.00"), 5, "60.00");
    EXPECT_EQ(firmware_text(later, half_way_text), expected);
}

TEST(FirmwareText, has_the_new_time_of_a_condition_whose_status_changed) {
    auto later = in_sync();
    later.conditions[0].at += std::chrono::hours(1);
    EXPECT_NE(firmware_text(later, half_way_text).find("T11:11:12.123456789Z"), std::string::npos);
}

TEST(FirmwareText, passes_over_a_former_status_of_another_shape) {
    for (const auto* former :
         {"", "null", "7", "[]", "{}", R"({"conditions":{"InSync":"True"}})",
          R"({"conditions":[7,{"type":"InSync","status":"True","lastTransitionTime":8}]})"}) {
        EXPECT_EQ(firmware_text(in_sync(), former), in_sync_text) << former;
    }
}

TEST(FirmwareText, is_right_also_of_a_version_that_is_no_text) {
    auto report = in_sync();
    report.current = "\xff";
    EXPECT_NE(firmware_text(report, "").find("\xef\xbf\xbd"), std::string::npos);
}

TEST(ReadFirmware, is_what_was_written) {
    const auto read = read_firmware(half_way_text);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->current, "0.1.0");
    ASSERT_EQ(read->conditions.size(), 2U);
    EXPECT_EQ(read->conditions[1].message, "50.00");
    EXPECT_EQ(gist_of(*read, 10), gist_of(half_way(), 10));
    EXPECT_NE(gist_of(*read, 10), gist_of(in_sync(), 10));
}

TEST(Gist, is_another_one_when_something_comes_into_the_way_of_progress) {
    auto waits = half_way();
    waits.conditions[1].reason = "WaitsForAirTime";
    const auto gist = gist_of(waits, 10);
    EXPECT_NE(gist, gist_of(half_way(), 10));
    EXPECT_EQ(gist.words, gist_of(half_way(), 10).words) << "it is no quicker told than progress";
    waits.conditions[1].message = "51.00 %, another forecast";
    EXPECT_EQ(gist_of(waits, 10), gist);
    const auto read = read_firmware(firmware_text(waits, ""));
    ASSERT_TRUE(read);
    EXPECT_EQ(gist_of(*read, 10), gist);
}

TEST(ReadFirmware, is_nothing_of_another_shape) {
    for (const auto* text : {"", "null", "[]", "{}", R"({"conditions":{}})"}) {
        EXPECT_FALSE(read_firmware(text)) << text;
    }
    EXPECT_TRUE(read_firmware(R"({"conditions":[7,null,{"type":8}]})"));
}

}  // namespace
}  // namespace ajour::drogue_registry
