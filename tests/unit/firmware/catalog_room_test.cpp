// SPDX-License-Identifier: Apache-2.0
// What gives way when the cache, or the memory of targets, is full.
#include "unit/firmware/catalog_fixture.hpp"

namespace ajour::firmware {

namespace {

using std::chrono::seconds;

class CatalogRoomTest : public CatalogTest {
protected:
    void SetUp() override {
        cache_limits.max_bytes = 3 * image.size();
        limits.targets_max = 1000;
        open();
    }
    /// The release of a number, as its target's standing.
    std::shared_ptr<Supply> stand(unsigned number) {
        const auto spec = "release-" + std::to_string(number);
        source.offer(spec, spec, support::sample_image(image.size(), number));
        auto supply = supply_of(spec);
        settle(supply);
        return supply;
    }
    void outlive_the_last_block() { clock.advance(cache_limits.in_use + seconds(1)); }
};

TEST_F(CatalogRoomTest, a_device_may_get_release_after_release_in_a_small_cache) {
    for (unsigned number = 1; number <= 20; ++number) {
        const auto supply = stand(number);
        ASSERT_TRUE(supply->standing()->image) << number << ": " << supply->standing()->problem;
        outlive_the_last_block();
    }
    EXPECT_LE(cache->bytes(), cache_limits.max_bytes);
}

TEST_F(CatalogRoomTest, the_release_of_a_target_that_is_held_never_gives_way) {
    const auto held = stand(1);
    for (unsigned number = 2; number <= 10; ++number) {
        outlive_the_last_block();
        ASSERT_TRUE(stand(number)->standing()->image);
    }
    EXPECT_TRUE(std::filesystem::exists(directory.path() / "sha256" /
                                        held->standing()->release.sha256.hex().substr(0, 2) /
                                        held->standing()->release.sha256.hex()));
}

TEST_F(CatalogRoomTest, what_all_the_room_is_held_for_leaves_none_for_another) {
    const auto first = stand(1), second = stand(2), third = stand(3);
    outlive_the_last_block();
    const auto refused = stand(4)->standing();
    EXPECT_FALSE(refused->image);
    EXPECT_NE(refused->problem.find("no room"), std::string::npos) << refused->problem;
}

TEST_F(CatalogRoomTest, what_was_served_lately_stays_though_its_target_is_forgotten) {
    for (unsigned number = 1; number <= 3; ++number) ASSERT_TRUE(stand(number)->standing()->image);
    EXPECT_FALSE(stand(4)->standing()->image);
}

TEST_F(CatalogRoomTest, what_can_never_fit_is_not_even_fetched) {
    source.offer("large", "1.0.1", support::sample_image(cache_limits.max_bytes + 1));
    EXPECT_NE(settle(supply_of("large"))->problem.find("no room"), std::string::npos);
    EXPECT_TRUE(source.fetched().empty());
}

TEST_F(CatalogRoomTest, an_image_of_unknown_size_grows_no_further_than_there_is_room) {
    auto offer = source.offer("large", "1.0.1", support::sample_image(10 * image.size()));
    offer.size.reset();
    source.say("large", offer);
    EXPECT_NE(settle(supply_of("large"))->problem.find("no room"), std::string::npos);
    EXPECT_TRUE(std::filesystem::is_empty(directory.path() / "partial"));
    EXPECT_TRUE(stand(1)->standing()->image);
}

TEST_F(CatalogRoomTest, what_is_left_of_an_interrupted_fetch_gives_way) {
    const auto first = stand(1), second = stand(2);
    source.offer("broken", "broken", support::sample_image(image.size(), 9));
    source.interrupt_fetch_after(image.size() / 2);
    const auto broken = supply_of("broken");
    EXPECT_FALSE(settle(broken)->image);
    EXPECT_FALSE(std::filesystem::is_empty(directory.path() / "partial"));
    const auto third = stand(3);
    EXPECT_TRUE(third->standing()->image) << third->standing()->problem;
    EXPECT_TRUE(std::filesystem::is_empty(directory.path() / "partial"));
}

TEST_F(CatalogRoomTest, forgets_targets_that_nobody_holds) {
    const auto held = stand(1);
    stand(2);
    EXPECT_EQ(targets.value(), 2);
    // The crew may not have let go of the second one yet.
    EXPECT_TRUE(support::await([&] {
        catalog->forget_idle();
        return targets.value() == 1;
    }));
    EXPECT_EQ(supply_of("release-1"), held);
}

TEST_F(CatalogRoomTest, makes_room_for_a_target_wherever_the_idle_one_lies) {
    std::vector<std::shared_ptr<Supply>> held;
    for (std::size_t i = 0; i < limits.targets_max; ++i) {
        held.push_back(supply_of("held-" + std::to_string(i)));
        ASSERT_TRUE(held.back());
    }
    EXPECT_EQ(supply_of("one more"), nullptr) << "all are held";
    for (std::size_t i = 0; i < limits.targets_max; i += 97) {
        held[i].reset();
        std::shared_ptr<Supply> added;
        for (int asked = 0; asked < 20 && !added; ++asked) {
            added = supply_of("added-" + std::to_string(i));
        }
        ASSERT_TRUE(added) << "the idle one is number " << i;
        held.push_back(std::move(added));
    }
}

}  // namespace

}  // namespace ajour::firmware
