// SPDX-License-Identifier: Apache-2.0
#include "opened.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ajour::store {
namespace {

using testing::ElementsAre;

struct ListObjects : Opened {
    void SetUp() override {
        for (const auto* name : {"b", "a", "c"}) {
            ASSERT_TRUE(objects.create_application(application_body(name)).ok());
        }
        std::vector<Json> bodies;
        for (int i = 0; i < 1200; ++i) {
            auto number = std::to_string(i);
            auto body = device_body("b", "d" + std::string(4 - number.size(), '0') + number);
            if (i % 100 == 0) body["metadata"]["labels"] = {{"hundred", std::to_string(i / 100)}};
            bodies.push_back(std::move(body));
        }
        ASSERT_TRUE(objects.create_devices(bodies).ok());
    }

    static std::vector<std::string> names(const sdk::Result<std::vector<Json>>& listed) {
        std::vector<std::string> names;
        if (!listed) return {listed.error().text};
        for (const auto& object : *listed) names.push_back(json::text(object["metadata"], "name"));
        return names;
    }

    std::vector<std::string> devices(const ListQuery& query) {
        return names(objects.list_devices("b", query));
    }
};

TEST_F(ListObjects, is_sorted_by_name) {
    EXPECT_THAT(names(objects.list_applications({})), ElementsAre("a", "b", "c"));
    EXPECT_THAT(devices({.limit = 3}), ElementsAre("d0000", "d0001", "d0002"));
}

TEST_F(ListObjects, keeps_to_limit_and_offset) {
    EXPECT_THAT(names(objects.list_applications({.limit = 1, .offset = 1})), ElementsAre("b"));
    EXPECT_THAT(devices({.limit = 2, .offset = 1199}), ElementsAre("d1199"));
    EXPECT_TRUE(devices({.offset = 1200}).empty());
    EXPECT_TRUE(devices({.offset = UINT64_MAX}).empty());
    EXPECT_TRUE(devices({.limit = 0}).empty());
}

TEST_F(ListObjects, never_holds_more_than_a_page) {
    EXPECT_EQ(devices({}).size(), ListQuery::max_page);
    EXPECT_EQ(devices({.limit = UINT32_MAX}).size(), ListQuery::max_page);
}

TEST_F(ListObjects, goes_on_behind_a_name) {
    EXPECT_EQ(devices({.after = "d0999"}).size(), 200u);
    EXPECT_THAT(devices({.limit = 1, .after = "d0999"}), ElementsAre("d1000"));
    EXPECT_THAT(names(objects.list_applications({.after = "b"})), ElementsAre("c"));
}

TEST_F(ListObjects, finds_labels_however_far_apart) {
    EXPECT_EQ(devices({.labels = "hundred"}).size(), 12u);
    EXPECT_THAT(devices({.labels = "hundred=11"}), ElementsAre("d1100"));
    EXPECT_THAT(devices({.labels = "hundred in (3,7)"}), ElementsAre("d0300", "d0700"));
    EXPECT_THAT(devices({.labels = "hundred", .limit = 2, .offset = 9}),
                ElementsAre("d0900", "d1000"));
    EXPECT_THAT(devices({.labels = "hundred", .limit = 2, .after = "d0300"}),
                ElementsAre("d0400", "d0500"));
}

TEST_F(ListObjects, refuses_unreadable_labels_and_unknown_applications) {
    EXPECT_EQ(objects.list_devices("b", {.labels = "=x"}).error().kind, sdk::ErrorKind::Malformed);
    EXPECT_EQ(objects.list_devices("x", {}).error().kind, sdk::ErrorKind::NotFound);
    EXPECT_TRUE(objects.list_devices("a", {})->empty());
}

TEST_F(ListObjects, counts_them) {
    const auto counts = objects.count();
    ASSERT_TRUE(counts.ok());
    EXPECT_EQ(counts->applications, 3u);
    EXPECT_EQ(counts->devices, 1200u);
    EXPECT_EQ(counts->in_sync, 0u);
}

}  // namespace
}  // namespace ajour::store
