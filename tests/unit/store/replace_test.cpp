// SPDX-License-Identifier: Apache-2.0
// PUT: full replacement, revisions, generations, and what happens to status.firmware.
#include "opened.hpp"
#include "store/embedded_registry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace ajour::store {
namespace {

using sdk::ErrorKind;

struct ReplaceObjects : Opened {
    void SetUp() override {
        ASSERT_TRUE(objects.create_application(application_body("app")).ok());
        auto body = device_body("app", "d");
        body["metadata"]["labels"] = {{"region", "eu"}};
        body["spec"]["x"] = 1;
        body["status"]["other"] = 1;
        ASSERT_TRUE(objects.create_device(body).ok());
    }

    Json device() { return *objects.find({"app", "d"}); }
    std::string revision() { return json::text(device()["metadata"], "resourceVersion"); }
    sdk::Result<void> put(const Json& body) { return objects.replace({"app", "d"}, body); }

    void report(const std::string& current) {
        EmbeddedRegistry registry(*database, objects);
        const sdk::Report report{{"app", "d"}, current, "2", {}};
        ASSERT_TRUE(registry.report({&report, 1}).ok());
    }
};

TEST_F(ReplaceObjects, takes_the_place_of_labels_spec_and_status) {
    auto body = device_body("app", "d");
    body["spec"]["y"] = 2;
    ASSERT_TRUE(put(body).ok());
    const auto found = device();
    EXPECT_EQ(found["spec"], body["spec"]);
    EXPECT_FALSE(found["metadata"].contains("labels"));
    EXPECT_FALSE(found.contains("status"));
}

TEST_F(ReplaceObjects, keeps_identity_and_time) {
    const auto before = device()["metadata"];
    ASSERT_TRUE(put(device_body("app", "d")).ok());
    const auto after = device()["metadata"];
    EXPECT_EQ(after["uid"], before["uid"]);
    EXPECT_EQ(after["creationTimestamp"], before["creationTimestamp"]);
}

TEST_F(ReplaceObjects, changes_nothing_when_nothing_differs) {
    const auto before = device();
    ASSERT_TRUE(put(before).ok());
    EXPECT_EQ(device(), before);
}

TEST_F(ReplaceObjects, raises_the_generation_only_with_the_spec) {
    auto body = device();
    const auto first = revision();
    body["metadata"]["labels"]["region"] = "us";
    ASSERT_TRUE(put(body).ok());
    EXPECT_EQ(device()["metadata"]["generation"], 0);
    EXPECT_NE(revision(), first);
    body = device();
    body["spec"]["x"] = 2;
    ASSERT_TRUE(put(body).ok());
    EXPECT_EQ(device()["metadata"]["generation"], 1);
    body = device();
    body["status"]["other"] = 2;
    ASSERT_TRUE(put(body).ok());
    EXPECT_EQ(device()["metadata"]["generation"], 1);
    EXPECT_EQ(device()["status"]["other"], 2);
}

TEST_F(ReplaceObjects, refuses_a_stale_revision_or_another_uid) {
    const auto stale = device();
    auto body = stale;
    body["spec"]["x"] = 2;
    ASSERT_TRUE(put(body).ok());
    const auto refused = put(body);
    EXPECT_EQ(refused.error().kind, ErrorKind::Mismatch);
    EXPECT_EQ(refused.error().text, "Conflict");
    for (const auto* member : {"uid", "resourceVersion"}) {
        auto other = device();
        other["metadata"][member] = "not a uuid";
        EXPECT_EQ(put(other).error().kind, ErrorKind::Mismatch) << member;
    }
}

TEST_F(ReplaceObjects, is_unconditional_without_a_revision) {
    for (const char* revision : {"", static_cast<const char*>(nullptr)}) {
        auto body = device_body("app", "d");
        body["spec"]["x"] = revision == nullptr ? 8 : 9;
        if (revision != nullptr) body["metadata"]["resourceVersion"] = revision;
        ASSERT_TRUE(put(body).ok());
        EXPECT_EQ(device()["spec"], body["spec"]);
    }
}

TEST_F(ReplaceObjects, creates_nothing) {
    EXPECT_EQ(objects.replace({"app", "new"}, device_body("app", "new")).error().kind,
              ErrorKind::NotFound);
    EXPECT_EQ(objects.replace({"new", ""}, application_body("new")).error().kind,
              ErrorKind::NotFound);
}

TEST_F(ReplaceObjects, refuses_a_body_of_another_object) {
    EXPECT_EQ(put(device_body("app", "e")).error().kind, ErrorKind::Malformed);
    EXPECT_EQ(put(device_body("other", "d")).error().kind, ErrorKind::Malformed);
}

TEST_F(ReplaceObjects, moves_aliases) {
    auto body = device_body("app", "d");
    body["spec"]["alias"] = {"old"};
    ASSERT_TRUE(put(body).ok());
    body["spec"]["alias"] = {"new"};
    ASSERT_TRUE(put(body).ok());
    EXPECT_TRUE(objects.create_device(device_body("app", "old")).ok());
    EXPECT_EQ(objects.create_device(device_body("app", "new")).error().kind, ErrorKind::Mismatch);
}

TEST_F(ReplaceObjects, leaves_all_as_it_was_when_an_alias_is_taken) {
    ASSERT_TRUE(objects.create_device(device_body("app", "e")).ok());
    const auto before = device();
    auto body = before;
    body["spec"]["alias"] = {"e"};
    EXPECT_EQ(put(body).error().kind, ErrorKind::Mismatch);
    EXPECT_EQ(device(), before);
}

TEST_F(ReplaceObjects, keeps_what_was_reported_when_the_body_does_not_mention_it) {
    report("1.0");
    ASSERT_TRUE(put(device_body("app", "d")).ok());
    EXPECT_EQ(device()["status"]["firmware"]["current"], "1.0");
}

TEST_F(ReplaceObjects, takes_a_given_status_firmware_as_an_explicit_change) {
    report("1.0");
    const auto before = revision();
    auto body = device();
    body["status"]["firmware"]["current"] = "0.9";
    ASSERT_TRUE(put(body).ok());
    EXPECT_EQ(device()["status"]["firmware"]["current"], "0.9");
    EXPECT_EQ(device()["status"]["other"], 1);
    EXPECT_NE(revision(), before);
    body = device();
    body["status"]["firmware"] = nullptr;
    ASSERT_TRUE(put(body).ok());
    EXPECT_FALSE(device()["status"].contains("firmware"));
}

TEST_F(ReplaceObjects, is_never_in_conflict_with_reports) {
    const auto read = device();
    report("1.0");
    auto body = read;
    body["spec"]["x"] = 2;
    EXPECT_TRUE(put(body).ok());
    EXPECT_EQ(device()["status"]["firmware"]["current"], "1.0");
}

TEST_F(ReplaceObjects, lets_one_of_several_writers_of_a_revision_win) {
    for (int round = 0; round < 20; ++round) {
        const auto read = device();
        std::atomic<int> won = 0;
        {
            std::vector<std::jthread> writers;
            for (int writer = 0; writer < 4; ++writer) {
                writers.emplace_back([&, writer] {
                    auto body = read;
                    body["spec"]["x"] = round * 10 + writer + 100;
                    if (objects.replace({"app", "d"}, body).ok()) ++won;
                });
            }
        }
        EXPECT_EQ(won, 1);
    }
    EXPECT_EQ(device()["metadata"]["generation"], 20);
}

}  // namespace
}  // namespace ajour::store
