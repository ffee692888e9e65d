// SPDX-License-Identifier: Apache-2.0
#include "feedback.hpp"

#include "json.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

TEST(Feedback, has_what_hawkbit_requires_and_no_time) {
    Note note;
    note.percent = 42;
    note.detail = "42 % (420 of 1000 KiB)";
    const auto body = Json::parse(feedback_body("8", note));
    const Json progress = {{"cnt", 42}, {"of", 100}};
    EXPECT_EQ(body["id"], "8");
    EXPECT_EQ(body["status"]["execution"], "proceeding");
    EXPECT_EQ(body["status"]["result"], (Json{{"finished", "none"}, {"progress", progress}}));
    EXPECT_EQ(body["status"]["details"], Json::array({"42 % (420 of 1000 KiB)"}));
    EXPECT_EQ(body.size(), 2U);
}

TEST(Feedback, of_a_failure_has_a_code) {
    Note note{"closed", "failure", "it came back", {}, DeviceReverted};
    const auto body = Json::parse(feedback_body("8", note));
    EXPECT_EQ(body["status"]["code"], 1);
    EXPECT_EQ(body["status"]["result"], Json::parse(R"({"finished":"failure"})"));
    EXPECT_TRUE(note.is_final());
}

TEST(Feedback, has_no_markup_and_is_short_and_printable) {
    EXPECT_EQ(safe_detail("a <script> & b\n\xff"), "a 'script' & b??");
    EXPECT_EQ(safe_detail(std::string(2000, 'x')).size(), 512U);
}

TEST(Feedback, says_how_far_a_device_is) {
    EXPECT_EQ(progress_text(420 * 1024, 1000 * 1024), "42 % (420 of 1000 KiB)");
    EXPECT_EQ(progress_text(7, 100), "7 % (7 of 100 bytes)");
    EXPECT_EQ(percent_of(0, 0), 0);
    EXPECT_EQ(percent_of(5, 4), 100);
    EXPECT_EQ(percent_of(UINT64_MAX, UINT64_MAX), 100);
}

TEST(Feedback, confirms_or_denies) {
    EXPECT_EQ(Json::parse(confirmation_body(true, "yes")),
              Json::parse(R"({"confirmation":"confirmed","details":["yes"]})"));
    EXPECT_EQ(Json::parse(confirmation_body(false, "no"))["confirmation"], "denied");
}

}  // namespace
}  // namespace ajour::hawkbit
