// SPDX-License-Identifier: Apache-2.0
// What a source's answers come to.
#include "unit/firmware/catalog_fixture.hpp"

namespace ajour::firmware {

namespace {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Resolution;
using sdk::Result;
using std::chrono::seconds;
using update::Cause;

class CatalogAnswerTest : public CatalogTest {};

TEST_F(CatalogAnswerTest, an_offer_becomes_a_verified_image) {
    auto offer = source.offer("main", "1.0.1", image);
    offer.assignment = "42";
    offer.warning = "old server";
    offer.permit = sdk::Permit::Write;
    source.say("main", offer);
    const auto standing = settle(supply_of("main"));
    ASSERT_TRUE(standing->image);
    EXPECT_TRUE(standing->asked);
    EXPECT_EQ(standing->release.version, "1.0.1");
    EXPECT_EQ(standing->release.size, image.size());
    EXPECT_EQ(standing->release.sha256, digest::sha256(image));
    EXPECT_EQ(standing->assignment, "42");
    EXPECT_EQ(standing->warning, "old server");
    EXPECT_EQ(standing->permit, sdk::Permit::Write);
    EXPECT_EQ(standing->problem, "");
}

TEST_F(CatalogAnswerTest, the_source_is_told_who_asks_and_what_it_runs) {
    source.offer("main", "1.0.1", image);
    settle(supply_of("main"));
    ASSERT_EQ(source.resolved().size(), 1U);
    const auto request = source.resolved().front();
    EXPECT_EQ(request.target.spec, "main");
    EXPECT_EQ(request.device.device, "dev");
    EXPECT_EQ(request.current_version, "1.0.0");
    EXPECT_EQ(request.labels.at("ring"), "canary");
}

TEST_F(CatalogAnswerTest, an_answer_holds_as_long_as_it_is_fresh) {
    source.offer("main", "1.0.1", image);
    const auto supply = supply_of("main");
    settle(supply);
    settle(supply);
    EXPECT_EQ(source.resolved().size(), 1U);
    pass_freshness();
    settle(supply);
    EXPECT_EQ(source.resolved().size(), 2U);
    EXPECT_EQ(source.fetched().size(), 1U);
}

TEST_F(CatalogAnswerTest, an_offer_may_say_how_long_it_holds) {
    auto offer = source.offer("main", "1.0.1", image);
    offer.fresh_for = seconds(100);
    source.say("main", offer);
    const auto supply = supply_of("main");
    settle(supply);
    pass_freshness();
    settle(supply);
    EXPECT_EQ(source.resolved().size(), 1U);
}

TEST_F(CatalogAnswerTest, a_source_that_has_news_is_asked_again_at_once_and_alone) {
    const auto mine = supply_of("a"), others = supply_of("b", "other");
    settle(mine);
    settle(others);
    const auto before = resolved.value();
    catalog->expire(&source);
    await_settled(mine);
    EXPECT_TRUE(support::await([&] { return resolved.value() == before + 1; }));
    settle(others);
    EXPECT_EQ(resolved.value(), before + 1) << "the other source has said nothing";
}

TEST_F(CatalogAnswerTest, not_yet_is_no_fault_and_says_when_to_ask_again) {
    source.say("main", Result<Resolution>(sdk::NotYet{seconds(30), "a build runs"}));
    const auto standing = settle(supply_of("main"));
    EXPECT_FALSE(standing->image);
    EXPECT_EQ(standing->absent, Cause::NotReady);
    EXPECT_EQ(standing->retry, 30U);
    EXPECT_EQ(standing->problem, "a build runs");
}

TEST_F(CatalogAnswerTest, nothing_is_no_fault_either) {
    source.say("main", Result<Resolution>(sdk::Nothing{seconds(300)}));
    const auto standing = settle(supply_of("main"));
    EXPECT_EQ(standing->absent, Cause::NothingToDo);
    EXPECT_EQ(standing->retry, 300U);
    EXPECT_EQ(standing->problem, "");
    EXPECT_EQ(failed.value(), 0);
}

TEST_F(CatalogAnswerTest, intervals_of_a_source_are_bounded) {
    source.say("main", Result<Resolution>(sdk::Nothing{seconds(-5)}));
    EXPECT_EQ(settle(supply_of("main"))->retry, 0U);
    source.say("long", Result<Resolution>(sdk::NotYet{std::chrono::hours(24 * 365), ""}));
    EXPECT_EQ(settle(supply_of("long"))->retry, 7U * 24 * 3600);
}

TEST_F(CatalogAnswerTest, an_error_without_an_earlier_release_is_shown) {
    source.say("main", Result<Resolution>(Error{ErrorKind::Unavailable, "connection refused"}));
    const auto standing = settle(supply_of("main"));
    EXPECT_EQ(standing->absent, Cause::SourceFailed);
    EXPECT_EQ(standing->problem, "connection refused");
    EXPECT_EQ(failed.value(), 1);
}

TEST_F(CatalogAnswerTest, an_error_leaves_the_last_good_release_standing_with_its_problem) {
    source.offer("main", "1.0.1", image);
    const auto supply = supply_of("main");
    settle(supply);
    source.say("main", Result<Resolution>(Error{ErrorKind::Unavailable, "connection refused"}));
    pass_freshness();
    const auto standing = settle(supply);
    ASSERT_TRUE(standing->image);
    EXPECT_EQ(standing->release.version, "1.0.1");
    EXPECT_EQ(standing->problem, "connection refused");
    source.offer("main", "1.0.1", image);
    pass_freshness();
    EXPECT_EQ(settle(supply)->problem, "");
}

TEST_F(CatalogAnswerTest, after_an_error_the_source_is_left_alone_for_the_back_off) {
    source.say("main", Result<Resolution>(Error{ErrorKind::Unavailable, "down"}));
    const auto supply = supply_of("main");
    settle(supply);
    settle(supply);
    EXPECT_EQ(source.resolved().size(), 1U);
    pass_freshness();
    settle(supply);
    EXPECT_EQ(source.resolved().size(), 2U);
}

TEST_F(CatalogAnswerTest, a_target_without_a_source_is_shown) {
    const auto standing = settle(supply_of("main", "hawkbit"));
    EXPECT_EQ(standing->absent, Cause::SourceFailed);
    EXPECT_NE(standing->problem.find("hawkbit"), std::string::npos);
}

TEST_F(CatalogAnswerTest, a_source_that_throws_is_a_failed_source) {
    source.throw_from_now_on();
    const auto standing = settle(supply_of("main"));
    EXPECT_EQ(standing->absent, Cause::SourceFailed);
    EXPECT_NE(standing->problem.find("this source throws"), std::string::npos);
}

TEST_F(CatalogAnswerTest, a_version_must_fit_the_wire) {
    auto offer = source.offer("main", "1.0.1", image);
    for (const std::string& version : {std::string(), std::string(256, 'v')}) {
        offer.version = version;
        source.say("main", offer);
        const auto standing = settle(supply_of("main"));
        EXPECT_FALSE(standing->image);
        EXPECT_NE(standing->problem.find("expected 1 to 255"), std::string::npos);
        pass_freshness();
    }
    EXPECT_TRUE(source.fetched().empty());
}

TEST_F(CatalogAnswerTest, withdrawn_is_no_longer_served_at_once) {
    source.offer("main", "1.0.1", image);
    const auto supply = supply_of("main");
    settle(supply);
    catalog->withdraw({digest::sha256(image)});
    EXPECT_EQ(supply->standing()->absent, Cause::Withdrawn);
    EXPECT_EQ(catalog->find(digest::sha256(image)), nullptr);
    catalog->load(digest::sha256(image));
    EXPECT_EQ(catalog->find(digest::sha256(image)), nullptr);
}

TEST_F(CatalogAnswerTest, withdrawn_stays_withdrawn_when_the_source_offers_it_again) {
    source.offer("main", "1.0.1", image);
    const auto supply = supply_of("main");
    settle(supply);
    catalog->withdraw({digest::sha256(image)});
    EXPECT_EQ(settle(supply)->absent, Cause::Withdrawn);
    catalog->withdraw({});
    EXPECT_TRUE(settle(supply)->image) << "no longer withdrawn";
}

TEST_F(CatalogAnswerTest, a_withdrawn_release_does_not_come_back_through_an_error) {
    source.offer("main", "1.0.1", image);
    const auto supply = supply_of("main");
    settle(supply);
    catalog->withdraw({digest::sha256(image)});
    source.say("main", Result<Resolution>(Error{ErrorKind::Unavailable, "down"}));
    const auto standing = settle(supply);
    EXPECT_FALSE(standing->image);
}

TEST_F(CatalogAnswerTest, a_measured_release_can_be_withdrawn_as_well) {
    auto offer = source.offer("main", "1.0.1", image);
    offer.sha256.reset();
    source.say("main", offer);
    catalog->withdraw({digest::sha256(image)});
    const auto standing = settle(supply_of("main"));
    EXPECT_FALSE(standing->image);
}

TEST_F(CatalogAnswerTest, targets_are_bounded_and_make_room_when_unused) {
    limits.targets_max = 3;
    open();
    auto a = supply_of("a");
    auto b = supply_of("b");
    auto c = supply_of("c");
    ASSERT_TRUE(a && b && c);
    EXPECT_EQ(supply_of("d"), nullptr);
    EXPECT_EQ(targets_full.value(), 1);
    EXPECT_EQ(supply_of("a"), a);
    b.reset();
    EXPECT_NE(supply_of("d"), nullptr);
    EXPECT_EQ(targets.value(), 3);
}

TEST_F(CatalogAnswerTest,
       one_supply_serves_all_devices_of_a_target_unless_the_source_answers_each) {
    EXPECT_EQ(supply_of("main", "file", "one"), supply_of("main", "file", "two"));
    source.settable_traits().per_device = true;
    open();
    EXPECT_NE(supply_of("main", "file", "one"), supply_of("main", "file", "two"));
}

TEST_F(CatalogAnswerTest, a_source_that_answers_each_device_is_asked_with_its_present_labels) {
    source.settable_traits().per_device = true;
    open();
    source.offer("main", "1.0.1", image);
    const sdk::Target target{"app", "file", "main"};
    const auto supply = catalog->supply(target, {"app", "dev"}, {{"ring", "canary"}});
    settle(supply);
    EXPECT_EQ(catalog->supply(target, {"app", "dev"}, {{"ring", "canary"}}), supply);
    settle(supply);
    EXPECT_EQ(source.resolved().size(), 1U) << "nothing changed";
    EXPECT_EQ(catalog->supply(target, {"app", "dev"}, {{"ring", "stable"}}), supply);
    settle(supply);
    ASSERT_EQ(source.resolved().size(), 2U);
    EXPECT_EQ(source.resolved().back().labels.at("ring"), "stable");
}

TEST_F(CatalogAnswerTest, a_source_that_answers_all_alike_is_not_asked_for_the_labels_of_each) {
    source.offer("main", "1.0.1", image);
    settle(supply_of("main"));
    settle(catalog->supply({"app", "file", "main"}, {"app", "other"}, {}));
    EXPECT_EQ(source.resolved().size(), 1U);
}

}  // namespace

}  // namespace ajour::firmware
