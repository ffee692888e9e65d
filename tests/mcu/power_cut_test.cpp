// SPDX-License-Identifier: Apache-2.0
// Cuts the power at every operation of an update, boots, and finishes against the real decision.
#include "mcu/simulated_device.hpp"

#include <gtest/gtest.h>

namespace ajour::test {

namespace {

struct Scene {
    const char* name;
    Geometry geometry;
    std::uint32_t mtu;
    std::size_t size;
};

std::ostream& operator<<(std::ostream& out, const Scene& scene) {
    return out << scene.name;
}

constexpr Scene scenes[] = {
    {"small_units", {4096, 256, 4, 0}, 64, 1501},
    {"one_unit", {4096, 4096, 8, 0}, 512, 3001},
    {"noting_every_block", {4096, 1024, 1, 1}, 100, 2222},
    {"noting_every_block_in_wide_words", {4096, 1024, 16, 1}, 100, 2047},
    {"odd_blocks", {4096, 512, 16, 0}, 7, 700},
    {"whole_units", {4096, 1024, 4, 0}, 512, 2048},
};

class PowerCutAt : public testing::TestWithParam<std::tuple<Scene, Moment>> {
protected:
    const Scene& scene() const { return std::get<0>(GetParam()); }
    Moment moment() const { return std::get<1>(GetParam()); }

    std::size_t operations_of_a_clean_update() const {
        SimulatedFlash flash(scene().geometry);
        SimulatedDevice device(flash, "1.0.0", scene().mtu);
        UpdateServer server;
        server.publish("1.0.1", image_of(scene().size));
        EXPECT_TRUE(device.run(server, scene().size));
        return flash.operations();
    }

    static void expect_whole(const SimulatedFlash& flash, const sdk::Bytes& image) {
        ASSERT_FALSE(flash.activations().empty());
        for (const auto& activation : flash.activations()) EXPECT_EQ(activation.image, image);
        EXPECT_TRUE(flash.violations().empty()) << flash.violations().front();
        EXPECT_EQ(flash.unerased_writes(), 0U);
    }
};

TEST_P(PowerCutAt, any_operation_ends_with_the_right_image) {
    const auto operations = operations_of_a_clean_update();
    ASSERT_GT(operations, 10U);
    for (std::size_t i = 0; i < operations; ++i) {
        SCOPED_TRACE("cut at operation " + std::to_string(i));
        SimulatedFlash flash(scene().geometry);
        SimulatedDevice device(flash, "1.0.0", scene().mtu);
        UpdateServer server;
        server.publish("1.0.1", image_of(scene().size));
        flash.cut_power_at(i, moment());
        ASSERT_TRUE(device.run(server, 3 * scene().size + 20));
        EXPECT_EQ(device.running(), "1.0.1");
        expect_whole(flash, server.image("1.0.1"));
        if (HasFailure()) return;
    }
}

TEST_P(PowerCutAt, any_two_operations_ends_with_the_right_image) {
    const auto operations = operations_of_a_clean_update();
    for (std::size_t i = 0; i < operations; i += 7) {
        for (std::size_t next = 0; next < 40; next += 3) {
            SimulatedFlash flash(scene().geometry);
            SimulatedDevice device(flash, "1.0.0", scene().mtu);
            UpdateServer server;
            server.publish("1.0.1", image_of(scene().size));
            flash.cut_power_at(i, moment());
            device.run(server, i / 2 + 2);
            flash.cut_power_at(next, moment());
            ASSERT_TRUE(device.run(server, 4 * scene().size + 20)) << i << " and " << next;
            expect_whole(flash, server.image("1.0.1"));
            if (HasFailure()) return;
        }
    }
}

TEST_P(PowerCutAt, any_operation_loses_at_most_one_erase_unit) {
    const auto operations = operations_of_a_clean_update();
    for (std::size_t i = 1; i < operations; ++i) {
        SimulatedFlash flash(scene().geometry);
        SimulatedDevice device(flash, "1.0.0", scene().mtu);
        UpdateServer server;
        server.publish("1.0.1", image_of(scene().size));
        device.boot();
        flash.cut_power_at(i - 1, moment());
        std::uint32_t reached = 0;
        try {
            while (device.next().action != AJOUR_IN_SYNC) {
                reached = device.progress().offset;
                device.take_turn(server);
            }
        } catch (const PowerCut&) {
            // A record that is lost in the middle of its own writing is the port's to survive.
            if (!flash.record() || !flash.activations().empty()) continue;
            device.boot();
            EXPECT_GE(device.progress().offset + scene().geometry.erase_unit +
                          scene().geometry.write_unit,
                      reached)
                << "cut at operation " << i;
        }
    }
}

std::string name_of(const testing::TestParamInfo<std::tuple<Scene, Moment>>& info) {
    constexpr const char* moments[] = {"before", "midway", "after"};
    return std::string(std::get<0>(info.param).name) + "_" +
           moments[static_cast<std::size_t>(std::get<1>(info.param))];
}

INSTANTIATE_TEST_SUITE_P(Scenes, PowerCutAt,
                         testing::Combine(testing::ValuesIn(scenes),
                                          testing::Values(Moment::Before, Moment::Midway,
                                                          Moment::After)),
                         name_of);

TEST(PowerCut, in_blocks_that_look_erased_is_survived) {
    const Geometry geometry{4096, 1024, 4, 1};
    sdk::Bytes image(2051, 0xff);
    for (std::size_t i = 0; i < 200; ++i) {
        for (const auto moment : {Moment::Before, Moment::Midway, Moment::After}) {
            SimulatedFlash flash(geometry);
            SimulatedDevice device(flash, "1.0.0", 64);
            UpdateServer server;
            server.publish("1.0.1", image);
            flash.cut_power_at(i, moment);
            ASSERT_TRUE(device.run(server, 300)) << i;
            EXPECT_EQ(flash.activations().back().image, image);
            EXPECT_TRUE(flash.violations().empty());
        }
    }
}

TEST(PowerCut, between_two_targets_ends_with_the_last_one) {
    for (std::size_t i = 0; i < 120; ++i) {
        SimulatedFlash flash{Geometry{4096, 256, 4, 0}};
        SimulatedDevice device(flash, "1.0.0", 128);
        UpdateServer server;
        server.limits().retarget = update::Retarget::Restart;
        server.publish("1.0.1", image_of(1500, 1));
        device.run(server, 6);
        server.publish("1.0.2", image_of(1300, 2));
        flash.cut_power_at(i, Moment::Midway);
        ASSERT_TRUE(device.run(server, 300)) << i;
        EXPECT_EQ(flash.activations().back().image, server.image("1.0.2")) << i;
        EXPECT_EQ(flash.activations().size(), 1U) << i;
    }
}

}  // namespace

}  // namespace ajour::test
