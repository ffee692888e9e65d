// SPDX-License-Identifier: Apache-2.0
#include "store/embedded_registry.hpp"

#include "opened.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ajour::store {
namespace {

using namespace std::chrono_literals;
using sdk::Condition;
using sdk::ErrorKind;
using sdk::Report;
using testing::ElementsAre;

const auto t0 =
    std::chrono::sys_days(std::chrono::year(2023) / 1 / 27) + 10h + 11min + 12s + 123456789ns;

Json parsed(std::string_view text) {
    return *json::parse(text);
}

struct Heard final : sdk::Changes {
    void device_changed(const sdk::DeviceView& device) noexcept override {
        heard.push_back(std::string(device.application) + "/" + std::string(device.device));
    }
    void application_changed(std::string_view application) noexcept override {
        heard.emplace_back(application);
    }
    std::vector<std::string> take() { return std::exchange(heard, {}); }

    std::vector<std::string> heard;
};

struct EmbeddedRegistryOf : Opened {
    void SetUp() override {
        auto application = application_body("app");
        application["spec"]["firmware"] = {{"file", {{"name", "fw"}}}};
        ASSERT_TRUE(objects.create_application(application).ok());
        auto device = device_body("app", "d");
        device["spec"]["alias"] = {"nick"};
        device["spec"]["credentials"]["credentials"] = {
            {{"user", {{"username", "anna"}, {"password", "x"}, {"unique", true}}}}};
        device["status"]["other"] = 7;
        ASSERT_TRUE(objects.create_device(device).ok());
    }

    void report(std::vector<Condition> conditions, const std::string& device = "d") {
        const Report report{{"app", device}, "0.1.0", "0.1.1", std::move(conditions)};
        const auto reported = registry.report({&report, 1});
        ASSERT_TRUE(reported.ok()) << reported.error().text;
    }

    Json device() { return *objects.find({"app", "d"}); }

    EmbeddedRegistry registry{*database, objects};
};

using LookUp = EmbeddedRegistryOf;

TEST_F(LookUp, finds_a_device_by_name_alias_and_unique_user_name) {
    for (const auto* name : {"d", "nick", "anna"}) {
        const auto record = registry.look_up({"app", name});
        ASSERT_TRUE(record.ok()) << name << ": " << record.error().text;
        EXPECT_EQ(parsed(record->device), device());
        EXPECT_EQ(parsed(record->application), *objects.find({"app", ""}));
    }
}

TEST_F(LookUp, says_which_of_the_two_does_not_exist) {
    const auto no_device = registry.look_up({"app", "x"});
    EXPECT_EQ(no_device.error().kind, ErrorKind::NotFound);
    EXPECT_THAT(no_device.error().text, testing::HasSubstr("device \"x\""));
    const auto no_application = registry.look_up({"nowhere", "d"});
    EXPECT_EQ(no_application.error().kind, ErrorKind::NotFound);
    EXPECT_THAT(no_application.error().text, testing::StartsWith("application \"nowhere\""));
    EXPECT_EQ(registry.look_up({"app", ""}).error().kind, ErrorKind::NotFound);
}

TEST_F(LookUp, does_not_find_what_is_being_deleted) {
    auto body = device();
    body["metadata"]["finalizers"] = {"cleanup"};
    ASSERT_TRUE(objects.replace({"app", "d"}, body).ok());
    ASSERT_TRUE(objects.remove({"app", "d"}).ok());
    EXPECT_EQ(registry.look_up({"app", "d"}).error().kind, ErrorKind::NotFound);
}

using ReportTo = EmbeddedRegistryOf;

TEST_F(ReportTo, writes_the_shape_of_drogue_ajour) {
    report({{"InSync", Condition::Status::False, "", "", t0},
            {"UpdateProgress", Condition::Status::Unknown, "", "50.00", t0}});
    EXPECT_EQ(json::print(device()["status"]["firmware"]),
              R"({"conditions":[{"lastTransitionTime":"2023-01-27T10:11:12.123456789Z",)"
              R"("status":"False","type":"InSync"},{"lastTransitionTime":)"
              R"("2023-01-27T10:11:12.123456789Z","message":"50.00","status":"Unknown",)"
              R"("type":"UpdateProgress"}],"current":"0.1.0","target":"0.1.1"})");
    EXPECT_EQ(device()["status"]["other"], 7);
}

TEST_F(ReportTo, writes_an_array_of_conditions_even_when_there_are_none) {
    report({});
    EXPECT_EQ(device()["status"]["firmware"]["conditions"], Json::array());
}

TEST_F(ReportTo, keeps_the_transition_time_until_the_status_changes) {
    const auto time = [&] {
        return json::text(device()["status"]["firmware"]["conditions"][0], "lastTransitionTime");
    };
    report({{"InSync", Condition::Status::False, "", "", t0}});
    const auto first = time();
    report({{"InSync", Condition::Status::False, "Error", "text", t0 + 1s}});
    EXPECT_EQ(time(), first);
    EXPECT_EQ(device()["status"]["firmware"]["conditions"][0]["reason"], "Error");
    EXPECT_EQ(device()["status"]["firmware"]["conditions"][0]["message"], "text");
    report({{"InSync", Condition::Status::True, "", "", t0 + 2s}});
    EXPECT_EQ(time(), "2023-01-27T10:11:14.123456789Z");
    EXPECT_FALSE(device()["status"]["firmware"]["conditions"][0].contains("reason"));
}

TEST_F(ReportTo, drops_conditions_that_are_not_there_any_more) {
    report({{"InSync", Condition::Status::False, "", "", t0},
            {"UpdateProgress", Condition::Status::Unknown, "", "50.00", t0}});
    report({{"InSync", Condition::Status::True, "", "", t0}});
    EXPECT_EQ(device()["status"]["firmware"]["conditions"].size(), 1u);
}

TEST_F(ReportTo, bumps_no_revision) {
    const auto before = device()["metadata"];
    report({{"InSync", Condition::Status::True, "", "", t0}});
    EXPECT_EQ(device()["metadata"], before);
}

TEST_F(ReportTo, reaches_a_device_by_its_alias_too) {
    report({{"InSync", Condition::Status::True, "", "", t0}}, "nick");
    EXPECT_EQ(device()["status"]["firmware"]["current"], "0.1.0");
}

TEST_F(ReportTo, drops_reports_of_devices_that_are_gone_and_stores_the_others) {
    const Report reports[] = {{{"app", "gone"}, "1", "2", {}},
                              {{"nowhere", "d"}, "1", "2", {}},
                              {{"app", ""}, "1", "2", {}},
                              {{"app", "d"}, "1", "2", {}}};
    ASSERT_TRUE(registry.report(reports).ok());
    EXPECT_EQ(device()["status"]["firmware"]["current"], "1");
    EXPECT_FALSE(objects.find({"app", ""})->contains("status"));
}

TEST_F(ReportTo, counts_into_the_phases) {
    ASSERT_TRUE(objects.create_device(device_body("app", "e")).ok());
    report({{"InSync", Condition::Status::True, "", "", t0}});
    report({{"InSync", Condition::Status::False, "", "", t0},
            {"UpdateProgress", Condition::Status::Unknown, "", "1.00", t0}},
           "e");
    EXPECT_EQ(objects.count()->in_sync, 1u);
    EXPECT_EQ(objects.count()->updating, 1u);
}

TEST_F(ReportTo, replaces_bytes_that_are_not_text) {
    const Report report{{"app", "d"}, "\xff\xfe", "2", {}};
    ASSERT_TRUE(registry.report({&report, 1}).ok());
    EXPECT_TRUE(registry.look_up({"app", "d"}).ok());
}

struct Announcements : EmbeddedRegistryOf {
    void SetUp() override {
        EmbeddedRegistryOf::SetUp();
        ASSERT_TRUE(registry.start(changes).ok());
    }
    Heard changes;
};

TEST_F(Announcements, follow_each_change_of_an_application_or_a_device) {
    ASSERT_TRUE(objects.create_application(application_body("new")).ok());
    EXPECT_THAT(changes.take(), ElementsAre("new"));
    ASSERT_TRUE(objects.create_device(device_body("new", "d")).ok());
    EXPECT_THAT(changes.take(), ElementsAre("new/d"));
    ASSERT_TRUE(objects.remove({"new", "d"}).ok());
    EXPECT_THAT(changes.take(), ElementsAre("new/d"));
    ASSERT_TRUE(objects.remove({"new", ""}).ok());
    EXPECT_THAT(changes.take(), ElementsAre("new"));
}

TEST_F(Announcements, name_former_and_new_aliases) {
    auto body = device();
    body["spec"].erase("credentials");
    body["spec"]["alias"] = {"other"};
    ASSERT_TRUE(objects.replace({"app", "d"}, body).ok());
    EXPECT_THAT(changes.take(),
                testing::UnorderedElementsAre("app/d", "app/anna", "app/nick", "app/other"));
}

TEST_F(Announcements, do_not_follow_refused_changes_or_reports) {
    EXPECT_FALSE(objects.create_device(device_body("app", "d")).ok());
    EXPECT_FALSE(objects.remove({"app", "x"}).ok());
    report({});
    EXPECT_TRUE(changes.take().empty());
}

TEST_F(Announcements, end_with_stop) {
    registry.stop();
    registry.stop();
    ASSERT_TRUE(objects.create_device(device_body("app", "e")).ok());
    EXPECT_TRUE(changes.take().empty());
}

}  // namespace
}  // namespace ajour::store
