// SPDX-License-Identifier: Apache-2.0
// Flash, images and blocks of odd sizes.
#include "mcu/simulated_device.hpp"

#include <gtest/gtest.h>

namespace ajour::test {

namespace {

struct Case {
    Geometry geometry;
    std::uint32_t mtu;
    std::size_t size;
};

std::ostream& operator<<(std::ostream& out, const Case& one) {
    return out << one.size << " bytes in blocks of " << one.mtu << ", slot "
               << one.geometry.capacity << ", erase " << one.geometry.erase_unit << ", write "
               << one.geometry.write_unit << ", note " << one.geometry.note_unit;
}

void expect_update(const Case& one) {
    SimulatedFlash flash(one.geometry);
    SimulatedDevice device(flash, "1", one.mtu);
    UpdateServer server;
    server.publish("2", image_of(one.size));
    ASSERT_TRUE(device.run(server, one.size + 20)) << one;
    ASSERT_EQ(flash.activations().size(), 1U) << one;
    EXPECT_EQ(flash.activations()[0].image, server.image("2")) << one;
    EXPECT_TRUE(flash.violations().empty()) << one << ": " << flash.violations().front();
    EXPECT_EQ(flash.unerased_writes(), 0U) << one;
}

class Geometries : public testing::TestWithParam<std::tuple<std::uint32_t, std::uint32_t>> {
protected:
    Geometry geometry(std::uint32_t capacity) const {
        const auto [erase_unit, write_unit] = GetParam();
        return {capacity, erase_unit, write_unit, 0};
    }
};

TEST_P(Geometries, take_images_of_every_small_size) {
    for (std::size_t size = 1; size <= 300; ++size) {
        for (const std::uint32_t mtu : {4U, 7U, 512U}) expect_update({geometry(4096), mtu, size});
    }
}

TEST_P(Geometries, take_images_of_several_kilobytes_with_odd_ends) {
    for (const std::size_t size : {4095U, 4096U, 4097U, 8191U, 8192U, 8195U, 12287U}) {
        for (const std::uint32_t mtu : {8U, 9U, 512U}) expect_update({geometry(16384), mtu, size});
    }
}

TEST_P(Geometries, take_blocks_of_one_byte) {
    for (const std::size_t size : {1U, 17U, 1023U, 1025U}) expect_update({geometry(4096), 1, size});
}

TEST_P(Geometries, note_as_often_as_asked) {
    for (const std::uint32_t note_unit : {1U, 16U, 300U, 100000U}) {
        auto often = geometry(8192);
        often.note_unit = note_unit;
        expect_update({often, 13, 4111});
    }
}

INSTANTIATE_TEST_SUITE_P(OfEraseAndWriteUnits, Geometries,
                         testing::Combine(testing::Values(256U, 1024U, 4096U),
                                          testing::Values(1U, 4U, 8U, 16U)));

TEST(Geometry, may_be_one_tiny_erase_unit) {
    for (const std::uint32_t write_unit : {1U, 2U, 16U}) {
        for (std::size_t size = 1; size <= 16; ++size)
            expect_update({{16, 16, write_unit, 0}, 512, size});
    }
}

TEST(Geometry, may_be_filled_to_the_last_byte) {
    expect_update({{4096, 1024, 16, 0}, 100, 4096});
    expect_update({{4096, 4096, 1, 0}, 512, 4096});
}

}  // namespace

}  // namespace ajour::test
