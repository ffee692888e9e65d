// SPDX-License-Identifier: Apache-2.0
// Which command answers which status, on networks that deliver late and twice.
#include "mcu/commands.hpp"
#include "mcu/simulated_device.hpp"
#include "protocol/status.hpp"

#include <gtest/gtest.h>

namespace ajour::test {

namespace {

class Correlation : public testing::Test {
protected:
    Correlation() { device.boot(); }

    std::uint32_t id() const {
        const auto bytes = device.status();
        return protocol::decode_status(bytes)->correlation_id.value();
    }

    sdk::ByteView piece(std::size_t at) const { return sdk::ByteView(image).subspan(at, 64); }

    SimulatedFlash flash{Geometry{}};
    SimulatedDevice device{flash, "1.0.0", 64};
    sdk::Bytes image = image_of(1001);
};

TEST_F(Correlation, is_the_same_until_a_command_answers_the_status) {
    const auto first = id();
    EXPECT_EQ(id(), first);
    EXPECT_EQ(device.accept({0xff}), AJOUR_MALFORMED);
    EXPECT_EQ(device.accept(write("1.0.1", 0, piece(0), first + 1)), AJOUR_STALE);
    EXPECT_EQ(id(), first);
    EXPECT_EQ(device.accept(write("1.0.1", 0, piece(0), first)), AJOUR_OK);
    EXPECT_NE(id(), first);
}

TEST_F(Correlation, may_be_absent_for_servers_need_not_echo_it) {
    EXPECT_EQ(device.accept(write("1.0.1", 0, piece(0))), AJOUR_OK);
    EXPECT_EQ(device.progress().offset, 64U);
}

TEST_F(Correlation, of_a_late_first_block_does_not_make_the_device_begin_again) {
    const auto first = id();
    ASSERT_EQ(device.accept(write("1.0.1", 0, piece(0), first)), AJOUR_OK);
    ASSERT_EQ(device.accept(write("1.0.1", 64, piece(64), id())), AJOUR_OK);
    EXPECT_EQ(device.accept(write("1.0.1", 0, piece(0), first)), AJOUR_STALE);
    EXPECT_EQ(device.next().action, AJOUR_WAIT);
    EXPECT_EQ(device.progress().offset, 128U);
    EXPECT_EQ(device.accept(write("1.0.1", 0, piece(0), id())), AJOUR_OK) << "the server's wish";
    EXPECT_EQ(device.progress().offset, 64U);
}

TEST_F(Correlation, of_a_command_that_was_refused_is_used_up) {
    const auto first = id();
    EXPECT_EQ(device.accept(write("1.0.1", 512, piece(512), first)), AJOUR_UNEXPECTED);
    EXPECT_EQ(device.accept(write("1.0.1", 0, piece(0), first)), AJOUR_STALE);
}

TEST_F(Correlation, begins_elsewhere_after_a_reboot_half_way) {
    const auto first = id();
    ASSERT_EQ(device.accept(write("1.0.1", 0, piece(0), first)), AJOUR_OK);
    const auto before = id();
    ASSERT_EQ(device.accept(write("1.0.1", 64, piece(64), before)), AJOUR_OK);
    const auto offset = device.progress().offset;
    device.boot();
    EXPECT_EQ(device.accept(write("1.0.1", 0, piece(0), first)), AJOUR_STALE);
    EXPECT_EQ(device.accept(write("1.0.1", 0, piece(0), before)), AJOUR_STALE);
    EXPECT_LE(device.progress().offset, offset);
}

TEST_F(Correlation, carries_an_update_through_a_network_that_repeats_every_command_late) {
    UpdateServer server;
    server.publish("1.0.1", image);
    std::uint32_t furthest = 0;
    sdk::Bytes late;
    for (int turn = 0; turn < 100 && device.next().action != AJOUR_REBOOT; ++turn) {
        const auto command = server.answer(device.status());
        if (turn > 0) {
            EXPECT_EQ(device.accept(late), AJOUR_STALE);
        }
        EXPECT_EQ(device.accept(command), AJOUR_OK);
        EXPECT_TRUE(device.progress().offset > furthest || device.next().action == AJOUR_REBOOT);
        furthest = device.progress().offset;
        late = command;
    }
    ASSERT_EQ(flash.activations().size(), 1U);
    EXPECT_EQ(flash.activations()[0].image, image);
}

}  // namespace

}  // namespace ajour::test
