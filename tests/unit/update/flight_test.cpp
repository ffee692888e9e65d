// SPDX-License-Identifier: Apache-2.0
#include "update/flight.hpp"

#include "support/step_text.hpp"

#include <gtest/gtest.h>

namespace ajour::update {

namespace {

sdk::Release release_of(std::string version, std::uint8_t digest, std::uint64_t size = 4000) {
    sdk::Release release{std::move(version), size, {}};
    release.sha256.bytes[0] = digest;
    return release;
}

Claim runs(std::string_view running) {
    return {running, 512, std::nullopt, 0};
}

Claim writes(std::string_view running, std::string_view writing, std::uint32_t offset) {
    return {running, 512, writing, offset};
}

/// What the server does with one status.
class FlightTest : public testing::Test {
protected:
    std::string turn(const Claim& claim) {
        hear(flight, claim);
        Situation situation;
        situation.claim = claim;
        situation.target = seen_through(flight, target, sdk::Permit::Swap);
        const auto step = decide(situation);
        follow(flight, step, target);
        return support::text_of(step);
    }

    /// From the first block to the swap.
    void take_all() {
        ASSERT_EQ(turn(runs("1")), "block target 0+512");
        for (std::uint32_t offset = 512; offset < 4000; offset += 512) {
            turn(writes("1", "2", offset));
        }
        ASSERT_EQ(turn(writes("1", "2", 4000)), "swap target");
    }

    Flight flight;
    sdk::Release target = release_of("2", 2);
};

TEST_F(FlightTest, remembers_how_far_it_served_from_the_start) {
    turn(runs("1"));
    EXPECT_TRUE(flight.from_start);
    EXPECT_EQ(flight.served, 512U);
    turn(writes("1", "2", 512));
    EXPECT_EQ(flight.served, 1024U);
    EXPECT_TRUE(flight.is_of(target.sha256));
}

TEST_F(FlightTest, ends_when_the_device_arrived) {
    take_all();
    EXPECT_EQ(turn(runs("2")), "sync 60");
    EXPECT_TRUE(flight.version.empty());
    EXPECT_FALSE(flight.is_of(target.sha256));
}

TEST_F(FlightTest, offers_again_to_a_device_that_came_back_once) {
    take_all();
    EXPECT_EQ(turn(runs("1")), "block target 0+512");
    EXPECT_EQ(flight.returns, 1);
}

TEST_F(FlightTest, offers_no_more_to_a_device_that_came_back_twice) {
    take_all();
    take_all();
    EXPECT_EQ(turn(runs("1")), "wait 60 Reverted");
    EXPECT_EQ(turn(runs("1")), "wait 60 Reverted");
    EXPECT_EQ(turn(writes("1", "2", 0)), "wait 60 Reverted");
}

TEST_F(FlightTest, counts_a_return_of_a_device_that_names_the_version_with_nothing_held) {
    take_all();
    EXPECT_EQ(turn(writes("1", "2", 0)), "block target 0+512");
    EXPECT_EQ(flight.returns, 1);
}

TEST_F(FlightTest, counts_a_return_of_a_device_that_names_the_empty_version_when_idle) {
    take_all();
    EXPECT_EQ(turn(writes("1", "", 0)), "block target 0+512");
    EXPECT_EQ(flight.returns, 1);
}

TEST_F(FlightTest, takes_a_status_repeated_after_a_lost_swap_for_no_return) {
    take_all();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(turn(writes("1", "2", 4000)), "swap target");
    EXPECT_EQ(flight.returns, 0);
    EXPECT_EQ(turn(runs("2")), "sync 60");
}

TEST_F(FlightTest, goes_on_after_a_delayed_duplicate_of_an_earlier_status) {
    turn(runs("1"));
    turn(writes("1", "2", 512));
    turn(writes("1", "2", 1024));
    EXPECT_EQ(turn(writes("1", "2", 512)), "block target 512+512");
    EXPECT_EQ(turn(runs("1")), "block target 0+512");
    EXPECT_EQ(turn(writes("1", "2", 1536)), "block target 1536+512");
}

TEST_F(FlightTest, one_delayed_duplicate_after_the_swap_does_not_stop_the_offer) {
    take_all();
    EXPECT_EQ(turn(runs("1")), "block target 0+512");
    EXPECT_EQ(turn(runs("1")), "block target 0+512");
    EXPECT_EQ(flight.returns, 1) << "only the first after a swap is a return";
    EXPECT_EQ(turn(writes("1", "2", 4000)), "swap target");
}

TEST_F(FlightTest, begins_anew_with_a_new_image) {
    take_all();
    take_all();
    ASSERT_EQ(turn(runs("1")), "wait 60 Reverted");
    target = release_of("3", 3);
    EXPECT_EQ(turn(runs("1")), "block target 0+512");
    EXPECT_EQ(flight.version, "3");
    EXPECT_EQ(flight.returns, 0);
    EXPECT_EQ(flight.served, 512U);
}

TEST_F(FlightTest, a_rebuilt_image_of_the_same_version_is_offered_again) {
    take_all();
    take_all();
    ASSERT_EQ(turn(runs("1")), "wait 60 Reverted");
    target = release_of("2", 99);
    EXPECT_EQ(turn(runs("1")), "block target 0+512");
}

TEST_F(FlightTest, never_mixes_two_images_of_one_version) {
    turn(runs("1"));
    turn(writes("1", "2", 512));
    target = release_of("2", 99);
    EXPECT_EQ(turn(writes("1", "2", 1024)), "block target 0+512 anew");
    EXPECT_EQ(turn(writes("1", "2", 512)), "block target 512+512");
}

TEST_F(FlightTest, starts_over_again_when_the_answer_was_lost_but_not_for_ever) {
    turn(runs("1"));
    turn(writes("1", "2", 512));
    target = release_of("2", 99);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(turn(writes("1", "2", 1024)), "block target 0+512 anew");
    }
    EXPECT_EQ(turn(writes("1", "2", 1024)), "wait 60 MustRestart");
    EXPECT_EQ(turn(runs("1")), "block target 0+512");
    EXPECT_EQ(flight.starts_over, 0);
}

TEST_F(FlightTest, an_offset_beyond_the_size_starts_over_a_few_times) {
    turn(runs("1"));
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(turn(writes("1", "2", 4064)), "block target 0+512 anew");
    }
    EXPECT_EQ(turn(writes("1", "2", 4064)), "wait 60 MustRestart");
}

TEST_F(FlightTest, goes_on_after_a_restart_of_the_server) {
    turn(runs("1"));
    turn(writes("1", "2", 512));
    flight.from_start = false;  // as it is read back
    flight.served = 0;
    EXPECT_EQ(turn(writes("1", "2", 2048)), "block target 2048+512");
    EXPECT_EQ(turn(writes("1", "2", 4000)), "swap target");
    EXPECT_FALSE(flight.from_start);
}

TEST_F(FlightTest, counts_a_return_over_a_restart_of_the_server) {
    take_all();
    turn(runs("1"));
    flight.from_start = false;
    flight.served = 0;
    EXPECT_EQ(turn(writes("1", "2", 4000)), "swap target");
    EXPECT_EQ(turn(runs("1")), "wait 60 Reverted");
}

TEST_F(FlightTest, follows_a_device_that_it_did_not_start) {
    EXPECT_EQ(turn(writes("1", "2", 2048)), "block target 2048+512");
    EXPECT_FALSE(flight.from_start);
    EXPECT_EQ(flight.version, "2");
}

TEST_F(FlightTest, a_count_of_returns_does_not_wrap) {
    flight.version = "2";
    flight.sha256 = target.sha256;
    for (int i = 0; i < 300; ++i) {
        flight.swap_sent = true;
        hear(flight, runs("1"));
    }
    EXPECT_EQ(flight.returns, 255);
}

TEST_F(FlightTest, only_what_must_survive_a_restart_is_compared) {
    Flight other = flight;
    other.served = 7;
    other.from_start = true;
    EXPECT_TRUE(same_for_restart(flight, other));
    other.returns = 1;
    EXPECT_FALSE(same_for_restart(flight, other));
}

TEST_F(FlightTest, follows_the_previous_image_as_well) {
    turn(runs("1"));
    follow_again(flight, NeedBlock{Choice::Previous, 512, 512});
    EXPECT_EQ(flight.served, 1024U);
    const auto image = seen_again(flight, sdk::Permit::Write);
    EXPECT_EQ(image.version, "2");
    EXPECT_EQ(image.size, 4000U);
    EXPECT_EQ(image.served, 1024U);
    EXPECT_EQ(image.permit, sdk::Permit::Write);
    follow_again(flight, Complete{Choice::Previous});
    EXPECT_TRUE(flight.swap_sent);
}

TEST_F(FlightTest, waits_and_syncs_change_nothing) {
    turn(runs("1"));
    const auto before = flight;
    follow(flight, Later{10, Cause::NotReady}, release_of("3", 3));
    follow(flight, InSync{10}, release_of("3", 3));
    EXPECT_TRUE(same_for_restart(flight, before));
    EXPECT_EQ(flight.served, before.served);
}

}  // namespace

}  // namespace ajour::update
