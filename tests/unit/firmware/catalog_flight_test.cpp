// SPDX-License-Identifier: Apache-2.0
// Many who ask at once, and sources that hang.
#include "unit/firmware/catalog_fixture.hpp"

#include <atomic>

namespace ajour::firmware {

namespace {

class CatalogSingleFlightTest : public CatalogTest {};

TEST_F(CatalogSingleFlightTest, a_thousand_who_ask_at_once_cause_one_question_and_one_fetch) {
    source.offer("main", "1.0.1", image);
    std::atomic<int> served = 0;
    std::atomic<bool> go = false;
    source.fetch_gate.close();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 100; ++i) {
            threads.emplace_back([this, &served, &go] {
                while (!go) std::this_thread::yield();
                for (int asked = 0; asked < 10; ++asked) {
                    const auto supply = supply_of("main");
                    catalog->renew(supply, "1.0.0");
                    if (supply->when_settled([&served] { ++served; }, 10'000)) continue;
                    served += supply->standing()->image ? 1 : 0;
                }
            });
        }
        go = true;
    }
    source.fetch_gate.open();
    EXPECT_TRUE(support::await([&served] { return served == 1000; })) << served;
    EXPECT_EQ(source.resolved().size(), 1U);
    EXPECT_EQ(source.fetched().size(), 1U);
    EXPECT_TRUE(supply_of("main")->standing()->image);
}

TEST_F(CatalogSingleFlightTest, one_image_of_two_targets_is_fetched_once) {
    const auto offer = source.offer("one", "1.0.1", image);
    source.say("two", offer);
    source.fetch_gate.close();
    const auto one = supply_of("one");
    const auto two = supply_of("two");
    catalog->renew(one, "1.0.0");
    ASSERT_TRUE(support::await([this] { return source.fetch_gate.waiting() == 1; }));
    catalog->renew(two, "1.0.0");
    await_all_but_the_fetch();
    source.fetch_gate.open();
    await_settled(one);
    await_settled(two);
    ASSERT_TRUE(one->standing()->image);
    EXPECT_EQ(one->standing()->image, two->standing()->image);
    EXPECT_EQ(source.fetched().size(), 1U);
}

TEST_F(CatalogSingleFlightTest,
       a_thousand_who_are_answered_each_cause_one_question_each_and_one_fetch) {
    source.settable_traits().per_device = true;
    open();
    source.offer("main", "1.0.1", image);
    source.fetch_gate.close();
    std::vector<std::shared_ptr<Supply>> supplies;
    for (int i = 0; i < 1000; ++i) {
        supplies.push_back(supply_of("main", "file", "dev-" + std::to_string(i)));
        catalog->renew(supplies.back(), "1.0.0");
    }
    await_all_but_the_fetch();
    source.fetch_gate.open();
    for (const auto& supply : supplies) {
        await_settled(supply);
        ASSERT_TRUE(supply->standing()->image);
    }
    EXPECT_EQ(source.fetched().size(), 1U);
    EXPECT_EQ(source.resolved().size(), 1000U);
}

TEST_F(CatalogSingleFlightTest, who_waited_for_a_fetch_that_failed_does_not_try_in_turn) {
    const auto offer = source.offer("one", "1.0.1", image);
    source.say("two", offer);
    source.fetch_gate.close();
    source.interrupt_fetch_after(300);
    const auto one = supply_of("one");
    const auto two = supply_of("two");
    catalog->renew(one, "1.0.0");
    ASSERT_TRUE(support::await([this] { return source.fetch_gate.waiting() == 1; }));
    catalog->renew(two, "1.0.0");
    await_all_but_the_fetch();
    source.fetch_gate.open();
    await_settled(one);
    await_settled(two);
    EXPECT_FALSE(one->standing()->image);
    EXPECT_FALSE(two->standing()->image);
    EXPECT_EQ(two->standing()->problem, one->standing()->problem);
    EXPECT_EQ(source.fetched().size(), 1U);
    pass_freshness();
    EXPECT_TRUE(settle(two)->image);
}

TEST_F(CatalogSingleFlightTest, an_image_that_another_source_fetches_is_not_waited_for) {
    other.say("two", source.offer("one", "1.0.1", image));
    other.serve("one@1.0.1", image);
    source.fetch_gate.close();
    const auto one = supply_of("one");
    catalog->renew(one, "1.0.0");
    ASSERT_TRUE(support::await([this] { return source.fetch_gate.waiting() == 1; }));
    const auto quick = settle(supply_of("two", "other"));
    ASSERT_TRUE(quick->image);
    source.fetch_gate.open();
    await_settled(one);
    EXPECT_EQ(one->standing()->image, quick->image);
}

TEST_F(CatalogSingleFlightTest, a_source_that_hangs_delays_only_its_own) {
    source.offer("main", "1.0.1", image);
    other.offer("main", "2.0.0", support::sample_image(500, 2));
    other.resolve_gate.close();
    catalog->renew(supply_of("main", "other"), "1.0.0");
    ASSERT_TRUE(support::await([this] { return other.resolve_gate.waiting() == 1; }));
    EXPECT_TRUE(settle(supply_of("main"))->image);
    EXPECT_FALSE(supply_of("main", "other")->standing()->asked);
}

TEST_F(CatalogSingleFlightTest, an_upstream_that_hangs_delays_only_its_own_however_many_want_it) {
    source.offer("main", "1.0.1", image);
    source.second_gate.close();
    for (int i = 0; i < 10; ++i) {
        const auto spec = "hanging-" + std::to_string(i);
        source.move_to_second(spec);
        catalog->renew(supply_of(spec), "1.0.0");
    }
    ASSERT_TRUE(support::await([this] { return source.second_gate.waiting() == 2; }));
    EXPECT_TRUE(settle(supply_of("main"))->image);
    EXPECT_EQ(source.second_gate.waiting(), 2) << "they hang no more";
}

TEST_F(CatalogSingleFlightTest, an_image_that_another_upstream_fetches_is_not_waited_for) {
    const auto offer = source.offer("one", "1.0.1", image);
    auto same = offer;
    same.origin = "two@1.0.1";
    source.serve(same.origin, image);
    source.say("two", same);
    source.move_to_second("two");
    source.fetch_gate.close();
    catalog->renew(supply_of("one"), "1.0.0");
    ASSERT_TRUE(support::await([this] { return source.fetch_gate.waiting() == 1; }));
    catalog->renew(supply_of("two"), "1.0.0");
    EXPECT_TRUE(support::await([this] { return source.fetch_gate.waiting() == 2; }));
}

TEST_F(CatalogSingleFlightTest, a_target_that_hangs_does_not_hold_up_another_of_its_source) {
    source.offer("slow", "1.0.1", image);
    source.offer("quick", "1.0.2", support::sample_image(500, 2));
    source.fetch_gate.close();
    catalog->renew(supply_of("slow"), "1.0.0");
    ASSERT_TRUE(support::await([this] { return source.fetch_gate.waiting() == 1; }));
    source.say("empty", sdk::Result<sdk::Resolution>(sdk::Nothing{}));
    EXPECT_TRUE(settle(supply_of("empty"))->asked);
}

TEST_F(CatalogSingleFlightTest, a_crew_that_is_full_lets_the_target_settle_and_try_later) {
    work::Crew none("none", 1, 0);
    catalog = std::make_unique<Catalog>(
        std::vector<SourceHand>{{&source, source.traits(), {&none}}}, *cache, clock, limits,
        Catalog::Counts{resolved, fetched, failed, targets, targets_full});
    const auto supply = supply_of("main");
    catalog->renew(supply, "1.0.0");
    EXPECT_FALSE(supply->when_settled([] {}, 10)) << "it is settled already";
    EXPECT_FALSE(supply->standing()->asked);
    pass_freshness();
    EXPECT_TRUE(supply->claim_renewal(clock.now()));
}

}  // namespace

}  // namespace ajour::firmware
