// SPDX-License-Identifier: Apache-2.0
#include "action_record.hpp"

#include "controller_record.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

Action sample() {
    Action action;
    action.id = "7";
    action.state = "-12";
    action.permit = sdk::Permit::Write;
    action.windowed = action.begun = true;
    action.chosen = {"1.0.1", "os", "a.bin", "http://h/a", 4711, {std::string(64, 'a'), "b", "c"}};
    action.phase = Phase::Failed;
    action.why = "it did not verify";
    action.since = 1'790'000'000;
    action.rows = 9;
    return action;
}

TEST(ActionRecord, brings_an_action_over_a_restart) {
    const auto read = read_record(parse_object(text_of(record_of(sample()))).value());
    ASSERT_TRUE(read) << read.error().text;
    EXPECT_EQ(read->chosen, sample().chosen);
    EXPECT_EQ(read->phase, Phase::Failed);
    EXPECT_EQ(read->why, "it did not verify");
    EXPECT_EQ(read->permit, sdk::Permit::Write);
    EXPECT_EQ(read->rows, 9);
    EXPECT_TRUE(read->windowed);
    EXPECT_FALSE(read->soft);
}

TEST(ActionRecord, that_is_damaged_is_refused) {
    auto record = record_of(sample());
    record["phase"] = 99;
    EXPECT_FALSE(read_record(record));
    record = record_of(sample());
    record["id"] = "../..";
    EXPECT_FALSE(read_record(record));
    record = record_of(sample());
    record.erase("chosen");
    EXPECT_FALSE(read_record(record));
}

TEST(ControllerRecord, brings_a_controller_over_a_restart) {
    Controller before(0, "a.d", {"a", "d"});
    before.action = std::make_unique<Action>(sample());
    before.attributes_told = "123";
    before.confirmation_told = "6";
    Controller after(0, "a.d", {"a", "d"});
    restore(after, record_of(before));
    ASSERT_NE(after.action, nullptr);
    EXPECT_EQ(after.action->id, "7");
    EXPECT_EQ(after.attributes_told, "123");
    EXPECT_EQ(after.confirmation_told, "6");
    EXPECT_TRUE(after.is_known());
}

TEST(ControllerRecord, that_is_damaged_leaves_a_new_controller) {
    Controller controller(0, "a.d", {"a", "d"});
    restore(controller, "nonsense");
    restore(controller, R"({"action":{"id":"7"}})");
    EXPECT_EQ(controller.action, nullptr);
    EXPECT_FALSE(controller.is_known());
}

}  // namespace
}  // namespace ajour::hawkbit
