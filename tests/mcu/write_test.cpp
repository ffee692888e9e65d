// SPDX-License-Identifier: Apache-2.0
// What the client does with blocks: in order, repeated, reordered, of another version, beyond a
// limit.
#include "mcu/commands.hpp"
#include "mcu/simulated_device.hpp"

#include <gtest/gtest.h>

namespace ajour::test {

namespace {

class Writing : public testing::Test {
protected:
    Writing() { device.boot(); }

    int block(std::uint32_t offset, std::uint32_t length, const std::string& version = "1.0.1") {
        return device.accept(write(version, offset, sdk::ByteView(image).subspan(offset, length)));
    }
    std::uint32_t offset() const { return device.progress().offset; }
    std::string writing() const {
        const auto& progress = device.progress();
        return {reinterpret_cast<const char*>(progress.version), progress.version_length};
    }

    SimulatedFlash flash{Geometry{4096, 1024, 4, 0}};
    SimulatedDevice device{flash, "1.0.0", 512};
    sdk::Bytes image = image_of(4096);
};

TEST_F(Writing, asks_for_the_next_block_at_once) {
    EXPECT_EQ(block(0, 512), AJOUR_OK);
    EXPECT_EQ(device.next().action, AJOUR_SEND);
    EXPECT_EQ(offset(), 512U);
}

TEST_F(Writing, answers_a_repeated_block_and_writes_it_once) {
    for (const std::uint32_t at : {0U, 512U, 1024U}) {
        EXPECT_EQ(block(at, 512), AJOUR_OK);
        EXPECT_EQ(block(at, 512), AJOUR_OK);
        EXPECT_EQ(device.next().action, AJOUR_SEND);
        EXPECT_EQ(offset(), at + 512);
    }
    EXPECT_EQ(block(512, 512), AJOUR_OK);
    EXPECT_EQ(offset(), 1536U);
    EXPECT_EQ(flash.unerased_writes(), 0U);
}

TEST_F(Writing, takes_the_new_part_of_a_block_that_overlaps) {
    EXPECT_EQ(block(0, 100), AJOUR_OK);
    EXPECT_EQ(block(50, 100), AJOUR_OK);
    EXPECT_EQ(offset(), 150U);
    EXPECT_EQ(block(150, 2), AJOUR_OK);
    EXPECT_TRUE(std::equal(image.begin(), image.begin() + 152, flash.bytes().begin()));
}

TEST_F(Writing, refuses_a_block_that_leaves_a_hole) {
    EXPECT_EQ(block(512, 512), AJOUR_UNEXPECTED);
    EXPECT_EQ(block(0, 512), AJOUR_OK);
    EXPECT_EQ(block(1024, 512), AJOUR_UNEXPECTED);
    EXPECT_EQ(device.next().action, AJOUR_WAIT);
    EXPECT_EQ(offset(), 512U);
}

TEST_F(Writing, starts_over_when_the_server_does) {
    EXPECT_EQ(block(0, 512), AJOUR_OK);
    EXPECT_EQ(block(512, 512), AJOUR_OK);
    EXPECT_EQ(block(0, 256), AJOUR_OK);
    EXPECT_EQ(offset(), 256U);
    EXPECT_EQ(flash.unerased_writes(), 0U);
}

TEST_F(Writing, begins_another_version_only_at_its_start) {
    EXPECT_EQ(block(0, 512), AJOUR_OK);
    EXPECT_EQ(block(512, 512, "1.0.2"), AJOUR_UNEXPECTED);
    EXPECT_EQ(writing(), "1.0.1");
    EXPECT_EQ(block(0, 256, "1.0.2"), AJOUR_OK);
    EXPECT_EQ(writing(), "1.0.2");
    EXPECT_EQ(offset(), 256U);
}

TEST_F(Writing, refuses_what_it_runs_and_what_has_no_version) {
    EXPECT_EQ(block(0, 512, "1.0.0"), AJOUR_UNEXPECTED);
    EXPECT_EQ(block(0, 512, ""), AJOUR_UNEXPECTED);
    EXPECT_EQ(flash.operations(), 1U) << "more than the recall at boot";
}

TEST_F(Writing, refuses_a_version_that_it_cannot_hold) {
    EXPECT_EQ(block(0, 512, std::string(17, 'v')), AJOUR_TOO_BIG);
    EXPECT_EQ(block(0, 512, std::string(16, 'v')), AJOUR_OK);
    EXPECT_EQ(writing(), std::string(16, 'v'));
}

TEST_F(Writing, refuses_blocks_beyond_its_mtu_and_beyond_the_slot) {
    EXPECT_EQ(block(0, 513), AJOUR_TOO_BIG);
    for (std::uint32_t at = 0; at < 4096; at += 512) ASSERT_EQ(block(at, 512), AJOUR_OK);
    EXPECT_EQ(device.accept(write("1.0.1", 4096, sdk::ByteView(image).first(1))), AJOUR_TOO_BIG);
    EXPECT_EQ(device.accept(write("1.0.1", 0xffffffff, sdk::ByteView(image).first(2))),
              AJOUR_TOO_BIG);
    EXPECT_TRUE(flash.violations().empty());
    EXPECT_EQ(device.accept(swap_to("1.0.1", image)), AJOUR_OK);
}

TEST_F(Writing, goes_back_to_its_erase_unit_after_a_failed_write_and_recovers) {
    ASSERT_EQ(block(0, 512), AJOUR_OK);
    ASSERT_EQ(block(512, 512), AJOUR_OK);
    ASSERT_EQ(block(1024, 512), AJOUR_OK);
    flash.fail_write_at(0);
    EXPECT_EQ(block(1536, 512), AJOUR_STORAGE);
    EXPECT_EQ(device.next().action, AJOUR_WAIT);
    EXPECT_EQ(offset(), 1024U);
    for (std::uint32_t at = 1024; at < 2048; at += 512) ASSERT_EQ(block(at, 512), AJOUR_OK);
    EXPECT_EQ(device.accept(swap_to("1.0.1", sdk::ByteView(image).first(2048))), AJOUR_OK);
}

TEST_F(Writing, notes_progress_once_per_erase_unit_unless_told_otherwise) {
    for (std::uint32_t at = 0; at < 4096; at += 64) ASSERT_EQ(block(at, 64), AJOUR_OK);
    EXPECT_EQ(flash.notes(), 4U);
    EXPECT_EQ(flash.erases(), 4U);

    SimulatedFlash often(Geometry{4096, 1024, 4, 256});
    SimulatedDevice eager(often, "1.0.0", 512);
    eager.boot();
    for (std::uint32_t at = 0; at < 4096; at += 64)
        ASSERT_EQ(eager.accept(write("1.0.1", at, sdk::ByteView(image).subspan(at, 64))), AJOUR_OK);
    EXPECT_EQ(often.notes(), 1U + 16U + 3U);
}

TEST_F(Writing, resumes_from_the_last_noted_block_after_a_boot) {
    SimulatedFlash eager(Geometry{4096, 1024, 4, 1});
    SimulatedDevice other(eager, "1.0.0", 512);
    other.boot();
    for (std::uint32_t at = 0; at < 1280; at += 256)
        ASSERT_EQ(other.accept(write("1.0.1", at, sdk::ByteView(image).subspan(at, 256))),
                  AJOUR_OK);
    other.boot();
    EXPECT_EQ(other.progress().offset, 1280U);
    EXPECT_EQ(eager.notes(), 2U + 5U);
}

TEST_F(Writing, takes_chunked_data_as_one_block) {
    sdk::Bytes command = {0xa1, 0x02, 0xa3, 0x00, 0x41, 'x', 0x02, 0x00, 0x03, 0x5f};
    for (std::uint8_t i = 0; i < 100; ++i) command.insert(command.end(), {0x42, i, 0x55});
    command.push_back(0xff);
    EXPECT_EQ(device.accept(command), AJOUR_OK);
    EXPECT_EQ(offset(), 200U);
    EXPECT_EQ(flash.bytes()[198], 99);
    EXPECT_EQ(flash.bytes()[199], 0x55);
}

}  // namespace

}  // namespace ajour::test
