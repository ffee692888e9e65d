// SPDX-License-Identifier: Apache-2.0
// Creating, finding and deleting, as Drogue Cloud's registry does it.
#include "opened.hpp"
#include "store/timestamp.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace ajour::store {
namespace {

using sdk::ErrorKind;

struct CreateObjects : Opened {
    void SetUp() override { ASSERT_TRUE(objects.create_application(application_body("app")).ok()); }
};

TEST_F(CreateObjects, gives_an_application_its_metadata) {
    const auto found = objects.find({"app", ""});
    ASSERT_TRUE(found.ok()) << found.error().text;
    const auto& metadata = (*found)["metadata"];
    EXPECT_EQ(metadata["name"], "app");
    EXPECT_EQ(metadata["generation"], 0);
    EXPECT_EQ(json::text(metadata, "uid").size(), 36u);
    EXPECT_EQ(json::text(metadata, "resourceVersion").size(), 36u);
    EXPECT_TRUE(is_timestamp(json::text(metadata, "creationTimestamp")));
    std::set<std::string> keys;
    for (const auto& [key, value] : metadata.items()) keys.insert(key);
    EXPECT_THAT(keys, testing::ElementsAre("creationTimestamp", "generation", "name",
                                           "resourceVersion", "uid"));
    EXPECT_FALSE(found->contains("spec"));
    EXPECT_FALSE(found->contains("status"));
}

TEST_F(CreateObjects, keeps_all_that_the_body_says) {
    auto body = device_body("app", "bar/baz");
    body["metadata"]["labels"] = {{"region", "eu"}};
    body["metadata"]["annotations"] = {{"note", "x"}};
    body["spec"] = {{"firmware", {{"file", {{"name", "fw"}}}}}, {"deep", {1, 2.5, nullptr, true}}};
    body["status"] = {{"other", {{"x", 1}}}};
    const auto created = objects.create_device(body);
    ASSERT_TRUE(created.ok()) << created.error().text;
    EXPECT_EQ(created->application, "app");
    EXPECT_EQ(created->device, "bar/baz");
    const auto found = objects.find(*created);
    ASSERT_TRUE(found.ok());
    EXPECT_EQ((*found)["metadata"]["application"], "app");
    EXPECT_EQ((*found)["metadata"]["labels"], body["metadata"]["labels"]);
    EXPECT_EQ((*found)["metadata"]["annotations"], body["metadata"]["annotations"]);
    EXPECT_EQ((*found)["spec"], body["spec"]);
    EXPECT_EQ((*found)["status"], body["status"]);
}

TEST_F(CreateObjects, stores_no_uid_time_or_generation_of_the_client) {
    auto body = application_body("other");
    body["metadata"]["uid"] = "11111111-1111-4111-8111-111111111111";
    body["metadata"]["creationTimestamp"] = "1999-01-01T00:00:00Z";
    body["metadata"]["deletionTimestamp"] = "1999-01-01T00:00:00Z";
    body["metadata"]["generation"] = 99;
    ASSERT_TRUE(objects.create_application(body).ok());
    const auto metadata = (*objects.find({"other", ""}))["metadata"];
    EXPECT_NE(metadata["uid"], body["metadata"]["uid"]);
    EXPECT_NE(metadata["creationTimestamp"], body["metadata"]["creationTimestamp"]);
    EXPECT_EQ(metadata["generation"], 0);
    EXPECT_FALSE(metadata.contains("deletionTimestamp"));
}

TEST_F(CreateObjects, refuses_a_name_that_exists) {
    EXPECT_EQ(objects.create_application(application_body("app")).error().kind,
              ErrorKind::Mismatch);
    ASSERT_TRUE(objects.create_device(device_body("app", "d")).ok());
    EXPECT_EQ(objects.create_device(device_body("app", "d")).error().kind, ErrorKind::Mismatch);
}

TEST_F(CreateObjects, tells_devices_of_two_applications_apart) {
    ASSERT_TRUE(objects.create_application(application_body("other")).ok());
    ASSERT_TRUE(objects.create_device(device_body("app", "d")).ok());
    EXPECT_TRUE(objects.create_device(device_body("other", "d")).ok());
}

TEST_F(CreateObjects, refuses_a_device_of_no_application) {
    const auto created = objects.create_device(device_body("nowhere", "d"));
    ASSERT_FALSE(created.ok());
    EXPECT_EQ(created.error().kind, ErrorKind::NotFound);
    EXPECT_THAT(created.error().text, testing::HasSubstr("nowhere"));
}

TEST_F(CreateObjects, makes_many_devices_or_none) {
    const std::vector<Json> clash = {device_body("app", "a"), device_body("app", "b"),
                                     device_body("app", "a")};
    EXPECT_EQ(objects.create_devices(clash).error().kind, ErrorKind::Mismatch);
    EXPECT_EQ(objects.count()->devices, 0u);
    ASSERT_TRUE(objects.create_devices({clash.data(), 2}).ok());
    EXPECT_EQ(objects.count()->devices, 2u);
}

TEST_F(CreateObjects, refuses_an_alias_or_unique_user_that_another_device_has) {
    auto body = device_body("app", "one");
    body["spec"]["alias"] = {"first"};
    body["spec"]["authentication"]["credentials"] = {
        {{"user", {{"username", "anna"}, {"password", "x"}, {"unique", true}}}},
        {{"user", {{"username", "bert"}, {"password", "x"}}}}};
    ASSERT_TRUE(objects.create_device(body).ok());
    EXPECT_EQ(objects.create_device(device_body("app", "first")).error().kind, ErrorKind::Mismatch);
    EXPECT_EQ(objects.create_device(device_body("app", "anna")).error().kind, ErrorKind::Mismatch);
    EXPECT_TRUE(objects.create_device(device_body("app", "bert")).ok());
    auto thief = device_body("app", "thief");
    thief["spec"]["alias"] = {"one"};
    EXPECT_EQ(objects.create_device(thief).error().kind, ErrorKind::Mismatch);
    thief["spec"]["alias"] = {"free", "anna"};
    EXPECT_EQ(objects.create_device(thief).error().kind, ErrorKind::Mismatch);
    EXPECT_EQ(objects.find({"app", "thief"}).error().kind, ErrorKind::NotFound);
}

TEST_F(CreateObjects, takes_a_device_whose_alias_is_its_own_name_or_said_twice) {
    auto body = device_body("app", "one");
    body["spec"]["alias"] = {"one", "a", "a"};
    EXPECT_TRUE(objects.create_device(body).ok());
}

struct RemoveObjects : CreateObjects {};

TEST_F(RemoveObjects, makes_them_unfindable) {
    ASSERT_TRUE(objects.create_device(device_body("app", "d")).ok());
    ASSERT_TRUE(objects.remove({"app", "d"}).ok());
    EXPECT_EQ(objects.find({"app", "d"}).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(objects.remove({"app", "d"}).error().kind, ErrorKind::NotFound);
    ASSERT_TRUE(objects.remove({"app", ""}).ok());
    EXPECT_EQ(objects.remove({"app", ""}).error().kind, ErrorKind::NotFound);
}

TEST_F(RemoveObjects, keeps_an_application_that_has_devices) {
    ASSERT_TRUE(objects.create_device(device_body("app", "d")).ok());
    const auto removed = objects.remove({"app", ""});
    ASSERT_FALSE(removed.ok());
    EXPECT_EQ(removed.error().kind, ErrorKind::Mismatch);
    EXPECT_THAT(removed.error().text, testing::HasSubstr("1 device"));
    EXPECT_TRUE(objects.find({"app", "d"}).ok());
}

TEST_F(RemoveObjects, frees_its_aliases) {
    auto body = device_body("app", "one");
    body["spec"]["alias"] = {"first"};
    ASSERT_TRUE(objects.create_device(body).ok());
    ASSERT_TRUE(objects.remove({"app", "one"}).ok());
    EXPECT_TRUE(objects.create_device(device_body("app", "first")).ok());
}

TEST_F(RemoveObjects, only_when_its_preconditions_hold) {
    const auto metadata = (*objects.find({"app", ""}))["metadata"];
    const auto uid = json::text(metadata, "uid");
    const auto revision = json::text(metadata, "resourceVersion");
    EXPECT_EQ(objects.remove({"app", ""}, {"other", ""}).error().kind, ErrorKind::Mismatch);
    EXPECT_EQ(objects.remove({"app", ""}, {uid, "other"}).error().kind, ErrorKind::Mismatch);
    EXPECT_TRUE(objects.remove({"app", ""}, {uid, revision}).ok());
}

TEST_F(RemoveObjects, waits_for_finalizers) {
    auto body = device_body("app", "d");
    body["metadata"]["finalizers"] = {"cleanup"};
    ASSERT_TRUE(objects.create_device(body).ok());
    const auto before = (*objects.find({"app", "d"}))["metadata"];
    ASSERT_TRUE(objects.remove({"app", "d"}).ok());
    const auto dying = (*objects.find({"app", "d"}))["metadata"];
    EXPECT_TRUE(is_timestamp(json::text(dying, "deletionTimestamp")));
    EXPECT_NE(dying["resourceVersion"], before["resourceVersion"]);
    EXPECT_EQ(objects.remove({"app", "d"}).error().kind, ErrorKind::NotFound);
    ASSERT_TRUE(objects.replace({"app", "d"}, device_body("app", "d")).ok());
    EXPECT_EQ(objects.find({"app", "d"}).error().kind, ErrorKind::NotFound);
}

TEST_F(RemoveObjects, takes_no_new_devices_for_a_dying_application) {
    auto body = application_body("dying");
    body["metadata"]["finalizers"] = {"cleanup"};
    ASSERT_TRUE(objects.create_application(body).ok());
    ASSERT_TRUE(objects.remove({"dying", ""}).ok());
    EXPECT_EQ(objects.create_device(device_body("dying", "d")).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(objects.create_application(body).error().kind, ErrorKind::Mismatch);
}

}  // namespace
}  // namespace ajour::store
