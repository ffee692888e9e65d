// SPDX-License-Identifier: Apache-2.0
// Whole updates of the C client by the real decision of the server.
#include "mcu/simulated_device.hpp"

#include <gtest/gtest.h>

namespace ajour::test {

namespace {

class Update : public testing::Test {
protected:
    void expect_clean() const {
        EXPECT_TRUE(flash.violations().empty()) << flash.violations().front();
        EXPECT_EQ(flash.unerased_writes(), 0U);
    }
    void take_turns(std::size_t turns) {
        for (std::size_t i = 0; i < turns; ++i) device.take_turn(server);
    }

    SimulatedFlash flash{Geometry{}};
    SimulatedDevice device{flash, "1.0.0", 512};
    UpdateServer server;
};

TEST_F(Update, ends_in_sync_with_the_release_s_bytes) {
    server.publish("1.0.1", image_of(5003));
    ASSERT_TRUE(device.run(server, 30));
    EXPECT_EQ(device.running(), "1.0.1");
    ASSERT_EQ(flash.activations().size(), 1U);
    EXPECT_EQ(flash.activations()[0].image, server.image("1.0.1"));
    EXPECT_EQ(server.turns(), 9U + 2U + 2U) << "9 blocks of 512, 392 bytes, 3 bytes, swap, sync";
    expect_clean();
}

TEST_F(Update, can_follow_another) {
    for (const auto* version : {"1.0.1", "1.0.2", "1.0.10"}) {
        server.publish(version, image_of(3000, static_cast<unsigned>(version[4])));
        ASSERT_TRUE(device.run(server, 30));
        EXPECT_EQ(device.running(), version);
        EXPECT_EQ(flash.activations().back().image, server.image(version));
    }
    expect_clean();
}

TEST_F(Update, that_is_half_way_is_finished_when_the_target_changes) {
    server.publish("1.0.1", image_of(5003, 1));
    device.boot();
    take_turns(4);
    server.publish("1.0.2", image_of(4001, 2));
    ASSERT_TRUE(device.run(server, 60));
    ASSERT_EQ(flash.activations().size(), 2U);
    EXPECT_EQ(flash.activations()[0].image, server.image("1.0.1"));
    EXPECT_EQ(flash.activations()[1].image, server.image("1.0.2"));
    expect_clean();
}

TEST_F(Update, that_is_half_way_begins_again_when_the_target_changes_and_the_server_restarts_it) {
    server.limits().retarget = update::Retarget::Restart;
    server.publish("1.0.1", image_of(5003, 1));
    device.boot();
    take_turns(4);
    server.publish("1.0.2", image_of(4001, 2));
    ASSERT_TRUE(device.run(server, 60));
    ASSERT_EQ(flash.activations().size(), 1U);
    EXPECT_EQ(flash.activations()[0].image, server.image("1.0.2"));
    expect_clean();
}

TEST_F(Update, begins_again_when_the_same_version_became_shorter_than_what_is_written) {
    server.publish("1.0.1", image_of(5003, 1));
    device.boot();
    take_turns(6);
    server.publish("1.0.1", image_of(1001, 2));
    ASSERT_TRUE(device.run(server, 60));
    ASSERT_EQ(flash.activations().size(), 1U);
    EXPECT_EQ(flash.activations()[0].image, server.image("1.0.1"));
    expect_clean();
}

TEST_F(Update, begins_again_also_when_the_answer_that_says_so_is_lost) {
    for (const std::size_t size : {1001U, 5003U}) {
        SimulatedFlash other(Geometry{});
        SimulatedDevice half_way(other, "1.0.0", 512);
        UpdateServer changing;
        changing.publish("1.0.1", image_of(5003, 1));
        half_way.boot();
        for (int turn = 0; turn < 6; ++turn) half_way.take_turn(changing);
        changing.publish("1.0.1", image_of(size, 2));
        changing.answer(half_way.status());
        ASSERT_TRUE(half_way.run(changing, 60)) << size;
        EXPECT_EQ(other.activations().back().image, changing.image("1.0.1")) << size;
    }
}

TEST_F(Update, to_a_version_whose_bytes_changed_half_way_still_ends_with_the_right_ones) {
    server.publish("1.0.1", image_of(5003, 1));
    device.boot();
    take_turns(4);
    server.publish("1.0.1", image_of(5003, 2));
    ASSERT_TRUE(device.run(server, 60));
    ASSERT_EQ(flash.activations().size(), 1U);
    EXPECT_EQ(flash.activations()[0].image, server.image("1.0.1"));
}

TEST_F(Update, with_a_wrong_digest_is_never_activated_and_ends_in_a_wait) {
    server.publish("1.0.1", image_of(2000));
    server.name_wrong_digest("1.0.1");
    EXPECT_FALSE(device.run(server, 60));
    EXPECT_TRUE(flash.activations().empty());
    EXPECT_EQ(device.running(), "1.0.0");
    EXPECT_EQ(device.next().action, AJOUR_WAIT);
    EXPECT_LT(flash.erases(), 10U) << "the server goes on offering it";
}

TEST_F(Update, that_does_not_fit_the_slot_is_refused_and_harms_nothing) {
    server.publish("1.0.1", image_of(16 * 1024 + 1));
    EXPECT_FALSE(device.run(server, 80));
    EXPECT_EQ(device.last_result(), AJOUR_TOO_BIG);
    EXPECT_TRUE(flash.activations().empty());
    expect_clean();
    server.publish("1.0.2", image_of(16 * 1024));
    server.limits().retarget = update::Retarget::Restart;
    EXPECT_TRUE(device.run(server, 80));
    EXPECT_EQ(device.running(), "1.0.2");
}

TEST_F(Update, survives_failed_writes) {
    server.publish("1.0.1", image_of(5003));
    device.boot();
    for (int i = 0; i < 5; ++i) {
        take_turns(3);
        flash.fail_write_at(1);
    }
    ASSERT_TRUE(device.run(server, 60));
    EXPECT_EQ(flash.activations().back().image, server.image("1.0.1"));
}

}  // namespace

}  // namespace ajour::test
