// SPDX-License-Identifier: Apache-2.0
// Images that are not what was offered, and fetches that break.
#include "unit/firmware/catalog_fixture.hpp"

namespace ajour::firmware {

namespace {

using sdk::ErrorKind;
using std::chrono::seconds;
using update::Cause;

class CatalogFetchTest : public CatalogTest {
protected:
    bool nothing_is_left() const {
        return std::filesystem::is_empty(directory.path() / "partial") && cache->bytes() == 0;
    }
};

TEST_F(CatalogFetchTest, an_image_of_another_digest_is_refused) {
    auto offer = source.offer("main", "1.0.1", image);
    auto wrong = image;
    wrong[500] ^= 1;
    source.serve(offer.origin, wrong);
    const auto standing = settle(supply_of("main"));
    EXPECT_EQ(standing->absent, Cause::SourceFailed);
    EXPECT_NE(standing->problem.find(digest::sha256(wrong).hex()), std::string::npos);
    EXPECT_NE(standing->problem.find(offer.sha256->hex()), std::string::npos);
    EXPECT_TRUE(nothing_is_left());
}

TEST_F(CatalogFetchTest, an_image_shorter_than_offered_is_refused) {
    auto offer = source.offer("main", "1.0.1", image);
    source.serve(offer.origin, support::sample_image(999));
    const auto standing = settle(supply_of("main"));
    EXPECT_NE(standing->problem.find("999"), std::string::npos);
    EXPECT_NE(standing->problem.find("1000"), std::string::npos);
    EXPECT_TRUE(nothing_is_left());
}

TEST_F(CatalogFetchTest, an_image_longer_than_offered_is_stopped_on_its_way) {
    auto offer = source.offer("main", "1.0.1", image);
    source.serve(offer.origin, support::sample_image(100'000));
    const auto standing = settle(supply_of("main"));
    EXPECT_NE(standing->problem.find("longer than the 1000 bytes"), std::string::npos);
    EXPECT_TRUE(nothing_is_left());
}

TEST_F(CatalogFetchTest, an_image_of_unknown_size_is_bounded_too) {
    limits.image_max = 2000;
    open();
    auto offer = source.offer("main", "1.0.1", support::sample_image(2001));
    offer.size.reset();
    source.say("main", offer);
    EXPECT_NE(settle(supply_of("main"))->problem.find("2000"), std::string::npos);
    EXPECT_TRUE(nothing_is_left());
}

TEST_F(CatalogFetchTest, an_offer_above_the_limit_is_refused_without_a_fetch) {
    limits.image_max = 999;
    open();
    source.offer("main", "1.0.1", image);
    EXPECT_NE(settle(supply_of("main"))->problem.find("1000"), std::string::npos);
    EXPECT_TRUE(source.fetched().empty());
}

TEST_F(CatalogFetchTest, an_empty_image_is_refused_offered_or_measured) {
    auto offer = source.offer("main", "1.0.1", {});
    EXPECT_FALSE(settle(supply_of("main"))->image);
    offer.size.reset();
    offer.sha256.reset();
    source.say("main", offer);
    pass_freshness();
    const auto standing = settle(supply_of("main"));
    EXPECT_FALSE(standing->image);
    EXPECT_NE(standing->problem.find("empty"), std::string::npos);
}

TEST_F(CatalogFetchTest, an_image_offered_without_size_and_digest_is_measured) {
    auto offer = source.offer("main", "1.0.1", image);
    offer.size.reset();
    offer.sha256.reset();
    source.say("main", offer);
    const auto supply = supply_of("main");
    const auto standing = settle(supply);
    ASSERT_TRUE(standing->image);
    EXPECT_EQ(standing->release.sha256, digest::sha256(image));
    pass_freshness();
    EXPECT_TRUE(settle(supply)->image);
    EXPECT_EQ(source.fetched().size(), 1U) << "the same origin was measured before";
    offer.origin = "elsewhere";
    source.serve("elsewhere", support::sample_image(500, 2));
    source.say("main", offer);
    pass_freshness();
    EXPECT_EQ(settle(supply)->release.size, 500U);
}

TEST_F(CatalogFetchTest, an_offer_that_names_another_size_of_a_known_digest_is_refused) {
    auto offer = source.offer("main", "1.0.1", image);
    settle(supply_of("main"));
    offer.size = 999;
    source.say("other", offer);
    EXPECT_FALSE(settle(supply_of("other"))->image);
}

TEST_F(CatalogFetchTest, goes_on_at_the_byte_where_the_connection_broke) {
    source.offer("main", "1.0.1", image);
    source.interrupt_fetch_after(300);
    const auto supply = supply_of("main");
    EXPECT_FALSE(settle(supply)->image);
    pass_freshness();
    const auto standing = settle(supply);
    ASSERT_TRUE(standing->image);
    EXPECT_EQ(standing->release.sha256, digest::sha256(image));
    EXPECT_EQ(source.fetched(), (std::vector<std::uint64_t>{0, 300}));
}

TEST_F(CatalogFetchTest, begins_anew_when_the_offer_names_another_origin) {
    source.offer("main", "1.0.1", image);
    source.interrupt_fetch_after(300);
    const auto supply = supply_of("main");
    settle(supply);
    const auto next = support::sample_image(800, 2);
    source.offer("main", "1.0.2", next);
    pass_freshness();
    EXPECT_EQ(settle(supply)->release.sha256, digest::sha256(next));
    EXPECT_EQ(source.fetched(), (std::vector<std::uint64_t>{0, 0}));
}

TEST_F(CatalogFetchTest, begins_anew_when_the_source_cannot_resume) {
    source.offer("main", "1.0.1", image);
    source.interrupt_fetch_after(300);
    const auto supply = supply_of("main");
    settle(supply);
    source.interrupt_fetch_after(0, ErrorKind::Mismatch);
    pass_freshness();
    EXPECT_FALSE(settle(supply)->image);
    pass_freshness();
    EXPECT_TRUE(settle(supply)->image);
    EXPECT_EQ(source.fetched(), (std::vector<std::uint64_t>{0, 300, 0}));
}

TEST_F(CatalogFetchTest, a_fetch_that_takes_too_long_is_given_up_and_resumed) {
    source.offer("main", "1.0.1", image);
    source.fetch_gate.close();
    const auto supply = supply_of("main");
    catalog->renew(supply, "1.0.0");
    ASSERT_TRUE(support::await([this] { return source.fetch_gate.waiting() == 1; }));
    clock.advance(seconds(301));
    source.fetch_gate.open();
    await_settled(supply);
    EXPECT_NE(supply->standing()->problem.find("too long"), std::string::npos);
    pass_freshness();
    EXPECT_TRUE(settle(supply)->image);
}

TEST_F(CatalogFetchTest, a_source_that_throws_while_it_streams_leaves_nothing) {
    source.offer("main", "1.0.1", image);
    source.fetch_gate.close();
    const auto supply = supply_of("main");
    catalog->renew(supply, "1.0.0");
    ASSERT_TRUE(support::await([this] { return source.fetch_gate.waiting() == 1; }));
    source.throw_from_now_on();
    source.fetch_gate.open();
    await_settled(supply);
    EXPECT_NE(supply->standing()->problem.find("this source throws"), std::string::npos);
    EXPECT_TRUE(nothing_is_left());
}

TEST_F(CatalogFetchTest, a_cache_full_of_releases_in_use_is_shown) {
    cache_limits.max_bytes = 1500;
    open();
    source.offer("main", "1.0.1", image);
    const auto first = supply_of("main");
    ASSERT_TRUE(settle(first)->image);
    source.offer("second", "1.0.2", support::sample_image(1000, 2));
    const auto standing = settle(supply_of("second"));
    EXPECT_FALSE(standing->image);
    EXPECT_NE(standing->problem.find("no room"), std::string::npos);
    EXPECT_TRUE(first->standing()->image);
}

}  // namespace

}  // namespace ajour::firmware
