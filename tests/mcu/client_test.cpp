// SPDX-License-Identifier: Apache-2.0
// What the client does with waits, syncs and swaps, and with what it cannot work with.
#include "mcu/commands.hpp"
#include "mcu/simulated_device.hpp"

#include <gtest/gtest.h>

namespace ajour::test {

namespace {

class Client : public testing::Test {
protected:
    Client() { device.boot(); }

    /// Writes the whole image in blocks of 64.
    void write_image(const std::string& version) {
        for (std::size_t at = 0; at < image.size(); at += 64) {
            const auto length = std::min<std::size_t>(64, image.size() - at);
            const auto block = sdk::ByteView(image).subspan(at, length);
            ASSERT_EQ(device.accept(write(version, static_cast<std::uint32_t>(at), block)),
                      AJOUR_OK);
        }
    }

    bool is_writing() const { return device.progress().version_length > 0; }

    SimulatedFlash flash{Geometry{}};
    SimulatedDevice device{flash, "1.0.0", 64};
    sdk::Bytes image = image_of(1001);
};

TEST_F(Client, waits_as_long_as_it_is_told) {
    EXPECT_EQ(device.accept(wait(300)), AJOUR_OK);
    EXPECT_EQ(device.next().action, AJOUR_WAIT);
    EXPECT_EQ(device.next().seconds, 300U);
}

TEST_F(Client, never_polls_in_a_loop_and_never_falls_silent) {
    for (const auto poll : {std::optional<std::uint32_t>(), std::optional<std::uint32_t>(0)}) {
        EXPECT_EQ(device.accept(wait(poll)), AJOUR_OK);
        EXPECT_EQ(device.next().seconds, std::uint32_t{AJOUR_POLL_DEFAULT});
        EXPECT_EQ(device.accept(sync("1.0.0", poll)), AJOUR_OK);
        EXPECT_EQ(device.next().seconds, std::uint32_t{AJOUR_POLL_DEFAULT});
    }
    EXPECT_EQ(device.accept(wait(0xffffffff)), AJOUR_OK);
    EXPECT_EQ(device.next().seconds, std::uint32_t{AJOUR_POLL_MAX});
}

TEST_F(Client, is_in_sync_only_with_what_it_runs) {
    EXPECT_EQ(device.accept(sync("1.0.0", 30)), AJOUR_OK);
    EXPECT_EQ(device.next().action, AJOUR_IN_SYNC);
    EXPECT_EQ(device.accept(sync("1.0.1", 30)), AJOUR_UNEXPECTED);
    EXPECT_EQ(device.next().action, AJOUR_WAIT);
}

TEST_F(Client, drops_a_half_written_release_when_it_is_in_sync) {
    ASSERT_EQ(device.accept(write("1.0.1", 0, sdk::ByteView(image).first(64))), AJOUR_OK);
    ASSERT_TRUE(is_writing());
    EXPECT_EQ(device.accept(sync("1.0.0", 30)), AJOUR_OK);
    EXPECT_FALSE(is_writing());
    device.boot();
    EXPECT_FALSE(is_writing());
}

TEST_F(Client, advises_to_wait_after_bytes_that_are_no_command) {
    for (const sdk::Bytes& bytes : {sdk::Bytes{}, sdk::Bytes{0xff}, sdk::Bytes{0xa1, 0x00}}) {
        EXPECT_EQ(device.accept(bytes), AJOUR_MALFORMED);
        EXPECT_EQ(device.next().action, AJOUR_WAIT);
        EXPECT_EQ(device.next().seconds, std::uint32_t{AJOUR_RETRY});
    }
}

TEST_F(Client, activates_what_it_read_back_and_verified) {
    write_image("1.0.1");
    EXPECT_EQ(device.accept(swap_to("1.0.1", image)), AJOUR_OK);
    EXPECT_EQ(device.next().action, AJOUR_REBOOT);
    ASSERT_EQ(flash.activations().size(), 1U);
    EXPECT_EQ(flash.activations()[0].version, "1.0.1");
    EXPECT_EQ(flash.activations()[0].image, image);
}

TEST_F(Client, starts_over_and_never_activates_on_a_wrong_digest) {
    write_image("1.0.1");
    EXPECT_EQ(device.accept(swap_to("1.0.1", image_of(1001, 2))), AJOUR_DIGEST);
    EXPECT_EQ(device.next().action, AJOUR_WAIT);
    EXPECT_FALSE(is_writing());
    device.boot();
    EXPECT_FALSE(is_writing()) << "the record was not dropped";
    EXPECT_TRUE(flash.activations().empty());
}

TEST_F(Client, notices_a_bit_that_flipped_in_flash) {
    write_image("1.0.1");
    flash.corrupt(500);
    EXPECT_EQ(device.accept(swap_to("1.0.1", image)), AJOUR_DIGEST);
    EXPECT_TRUE(flash.activations().empty());
}

TEST_F(Client, refuses_a_swap_without_a_whole_digest_and_keeps_what_it_has) {
    write_image("1.0.1");
    const auto digest = digest::sha256(image).bytes;
    EXPECT_EQ(device.accept(swap("1.0.1", {})), AJOUR_DIGEST);
    EXPECT_EQ(device.accept(swap("1.0.1", sdk::ByteView(digest).first(31))), AJOUR_DIGEST);
    EXPECT_EQ(device.progress().offset, 1001U);
    EXPECT_TRUE(flash.activations().empty());
}

TEST_F(Client, refuses_to_swap_to_what_it_is_not_writing) {
    EXPECT_EQ(device.accept(swap_to("1.0.1", {})), AJOUR_UNEXPECTED);
    write_image("1.0.1");
    EXPECT_EQ(device.accept(swap_to("1.0.2", image)), AJOUR_UNEXPECTED);
    EXPECT_EQ(device.accept(swap_to("1.0.0", image)), AJOUR_UNEXPECTED);
    EXPECT_TRUE(flash.activations().empty());
}

TEST_F(Client, never_activates_a_release_without_bytes) {
    EXPECT_EQ(device.accept(write("1.0.1", 0, {})), AJOUR_OK);
    EXPECT_EQ(device.next().action, AJOUR_WAIT);
    EXPECT_EQ(device.accept(swap_to("1.0.1", {})), AJOUR_UNEXPECTED);
    EXPECT_TRUE(flash.activations().empty());
}

TEST_F(Client, goes_on_with_a_sealed_release_only_from_its_last_erase_unit) {
    write_image("1.0.1");
    auto wrong = digest::sha256(image).bytes;
    ASSERT_EQ(device.accept(swap("1.0.1", sdk::ByteView(wrong).first(16))), AJOUR_DIGEST);
    flash.cut_power_at(2, Moment::Before);  // the tail is written and noted, then the power goes
    EXPECT_THROW(device.accept(swap_to("1.0.1", image)), PowerCut);
    device.boot();
    ASSERT_EQ(device.progress().offset, 1001U);
    EXPECT_EQ(device.accept(write("1.0.1", 1001, image)), AJOUR_TOO_BIG);
    EXPECT_EQ(device.accept(write("1.0.1", 1001, sdk::ByteView(image).first(8))), AJOUR_STORAGE);
    EXPECT_EQ(device.progress().offset, 0U);
    write_image("1.0.1");
    EXPECT_EQ(device.accept(swap_to("1.0.1", image)), AJOUR_OK);
}

TEST_F(Client, ignores_records_that_make_no_sense) {
    ajour_progress forged{};
    forged.offset = 64 * 1024;
    forged.version_length = 1;
    forged.version[0] = '2';
    for (const auto& [offset, length] :
         {std::pair{0x10001U, 1U}, {64U, 0U}, {64U, 17U}, {64U, 255U}}) {
        forged.offset = offset;
        forged.version_length = static_cast<std::uint8_t>(length);
        flash.forge(forged);
        device.boot();
        EXPECT_FALSE(is_writing()) << offset << " " << length;
    }
}

TEST_F(Client, ignores_a_record_of_what_already_runs) {
    ajour_progress record{64, 5, {'1', '.', '0', '.', '0'}};
    flash.forge(record);
    device.boot();
    EXPECT_FALSE(is_writing());
}

TEST(ClientInit, refuses_a_geometry_that_it_cannot_write) {
    const auto result = [](const Geometry& geometry) {
        SimulatedFlash flash(geometry);
        ajour_client client;
        return ajour_client_init(&client, flash.storage(), "1", 1, 64);
    };
    EXPECT_EQ(result({4096, 1024, 4, 0}), AJOUR_OK);
    EXPECT_EQ(result({4096, 1000, 4, 0}), AJOUR_BAD_ARGUMENT);
    EXPECT_EQ(result({4096, 1024, 3, 0}), AJOUR_BAD_ARGUMENT);
    EXPECT_EQ(result({4096, 1024, 0, 0}), AJOUR_BAD_ARGUMENT);
    EXPECT_EQ(result({4096, 0, 1, 0}), AJOUR_BAD_ARGUMENT);
    EXPECT_EQ(result({4096, 2, 4, 0}), AJOUR_BAD_ARGUMENT);
    EXPECT_EQ(result({4096, 1024, 32, 0}), AJOUR_BAD_ARGUMENT);
    EXPECT_EQ(result({4000, 1024, 4, 0}), AJOUR_BAD_ARGUMENT);
}

TEST(ClientInit, refuses_a_version_that_it_cannot_hold_and_blocks_of_nothing) {
    SimulatedFlash flash{Geometry{}};
    ajour_client client;
    const std::string version(17, 'v');
    EXPECT_EQ(ajour_client_init(&client, flash.storage(), version.data(), 17, 64),
              AJOUR_BAD_ARGUMENT);
    EXPECT_EQ(ajour_client_init(&client, flash.storage(), version.data(), 16, 64), AJOUR_OK);
    EXPECT_EQ(ajour_client_init(&client, flash.storage(), version.data(), 0, 64),
              AJOUR_BAD_ARGUMENT);
    EXPECT_EQ(ajour_client_init(&client, flash.storage(), version.data(), 1, 0),
              AJOUR_BAD_ARGUMENT);
}

TEST(ClientCompose, refuses_a_buffer_that_is_too_small) {
    SimulatedFlash flash{Geometry{}};
    ajour_client client;
    ASSERT_EQ(ajour_client_init(&client, flash.storage(), "1.0.0", 5, 512), AJOUR_OK);
    std::uint8_t out[18];
    std::size_t length = 0;
    EXPECT_EQ(ajour_client_compose(&client, out, 17, &length), AJOUR_TOO_BIG);
    EXPECT_EQ(ajour_client_compose(&client, out, 18, &length), AJOUR_OK);
    EXPECT_EQ(length, 18U);
}

}  // namespace

}  // namespace ajour::test
