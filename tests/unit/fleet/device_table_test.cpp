// SPDX-License-Identifier: Apache-2.0
#include "fleet/device_table.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace ajour::fleet {

namespace {

sdk::DeviceId id_of(int number) {
    return {"app", "device-" + std::to_string(number)};
}

class DeviceTableTest : public testing::Test {
protected:
    DevicePool pool;
    DeviceTable table{pool};
};

TEST_F(DeviceTableTest, finds_what_was_inserted_and_nothing_else) {
    EXPECT_EQ(table.find(id_of(1), 7), nullptr);
    auto& device = table.insert(id_of(1), 7);
    EXPECT_EQ(device.id, id_of(1));
    EXPECT_EQ(table.find(id_of(1), 7), &device);
    EXPECT_EQ(table.find(id_of(2), 7), nullptr) << "the same hash is not the same name";
    EXPECT_EQ(table.find(id_of(1), 7 << 10), nullptr);
    EXPECT_EQ(table.size(), 1U);
}

TEST_F(DeviceTableTest, a_device_stays_where_it_is_while_the_table_grows) {
    auto* first = &table.insert(id_of(0), sdk::DeviceHash()(id_of(0)));
    for (int i = 1; i < 10'000; ++i) table.insert(id_of(i), sdk::DeviceHash()(id_of(i)));
    EXPECT_EQ(table.find(id_of(0), sdk::DeviceHash()(id_of(0))), first);
    EXPECT_EQ(table.size(), 10'000U);
}

TEST_F(DeviceTableTest, what_was_erased_is_gone_and_the_others_are_still_found) {
    for (int i = 0; i < 40; ++i) table.insert(id_of(i), 64);  // all in a row
    for (int i = 0; i < 40; i += 3) table.erase(*table.find(id_of(i), 64), 64);
    for (int i = 0; i < 40; ++i) EXPECT_EQ(table.find(id_of(i), 64) == nullptr, i % 3 == 0) << i;
}

/// Hashes of few values: many homes coincide, and rows run into each other and over the end.
DeviceTable::Hash few(int number) {
    return static_cast<DeviceTable::Hash>(number % 23) * 640;
}

TEST_F(DeviceTableTest, agrees_with_a_set_whatever_is_done) {
    std::mt19937 random(1);
    std::set<int> expected;
    for (int i = 0; i < 50'000; ++i) {
        const auto number = static_cast<int>(random() % 100);
        const auto id = id_of(number);
        auto* found = table.find(id, few(number));
        ASSERT_EQ(found != nullptr, expected.contains(number)) << i;
        if (found == nullptr) {
            table.insert(id, few(number));
            expected.insert(number);
        } else if (random() % 2 == 0) {
            table.erase(*found, few(number));
            expected.erase(number);
        }
        ASSERT_EQ(table.size(), expected.size());
    }
}

TEST_F(DeviceTableTest, every_device_has_a_place) {
    for (int i = 0; i < 100; ++i) table.insert(id_of(i), few(i));
    std::set<std::string> seen;
    for (std::size_t place = 0; place < table.places(); ++place) {
        if (const auto* device = table.at(place)) seen.insert(device->id.device);
    }
    EXPECT_EQ(seen.size(), 100U);
    EXPECT_EQ(table.at(3 + table.places()), table.at(3)) << "places go round";
}

TEST_F(DeviceTableTest, an_empty_table_can_be_asked_anything) {
    table.prefetch_place(1);
    table.prefetch_device(1);
    EXPECT_EQ(table.at(5), nullptr);
    EXPECT_EQ(table.places(), 0U);
}

TEST(DevicePool, uses_again_what_was_given_back) {
    DevicePool pool;
    auto* first = pool.make();
    first->problem =
        std::make_unique<const std::string>("a text that is longer than any small string");
    pool.give_back(first);
    auto* second = pool.make();
    EXPECT_EQ(second, first);
    EXPECT_EQ(second->problem, nullptr);
    pool.give_back(second);
}

TEST(DevicePool, keeps_devices_apart_and_on_their_own_cache_lines) {
    DevicePool pool;
    std::set<Device*> made;
    for (int i = 0; i < 1000; ++i) made.insert(pool.make());
    EXPECT_EQ(made.size(), 1000U);
    for (auto* device : made) {
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(device) % 64, 0U);
        pool.give_back(device);
    }
}

}  // namespace

}  // namespace ajour::fleet
