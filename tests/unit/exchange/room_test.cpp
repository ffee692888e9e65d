// SPDX-License-Identifier: Apache-2.0
// Blocks on links that carry few bytes, as LoRaWAN does.
#include "unit/exchange/exchange_fixture.hpp"

namespace ajour::exchange {

namespace {

constexpr std::uint32_t word = 8;  // what stock devices write flash in

class RoomTest : public ExchangeTest {
protected:
    RoomTest() {
        engine.registry.put_device(meter);
        engine.source.offer("\"main\"", "1.0.1", image);
    }
    void SetUp() override { ASSERT_EQ(ask_first().kind, Kind::Write); }

    support::ReceivedCommand ask_first() { return engine.ask(meter, {"1.0.0", 512, {}, {}, 0}); }
    sdk::Bytes ask(std::uint32_t room, std::optional<std::uint32_t> id, std::uint32_t offset) {
        const auto payload = support::bytes_of({"1.0.0", 512, id, "1.0.1", offset});
        const auto reply = engine.submit(sdk::Message{
            meter, meter, {sdk::Credential::Kind::Password, {}, "secret"}, payload, room, {}});
        return reply.answer().command;
    }
    /// How many bytes the next block has; each is as long as the room and whole words allow.
    std::uint32_t block(std::uint32_t room, std::optional<std::uint32_t> id, std::uint32_t offset) {
        const auto bytes = ask(room, id, offset);
        const auto command = support::read_command(bytes);
        EXPECT_EQ(command.kind, Kind::Write);
        EXPECT_EQ(command.offset, offset);
        EXPECT_LE(bytes.size(), room);
        const auto length = static_cast<std::uint32_t>(command.data.size());
        EXPECT_TRUE(image.size() - offset < length + word || bytes.size() + word + 1 > room);
        EXPECT_EQ(text(command.data), slice(image, offset, length));
        return length;
    }
    int blocks(std::uint32_t room, std::optional<std::uint32_t> id = {}) {
        int count = 0;
        std::uint32_t offset = 0;
        while (offset < image.size() && !HasFailure()) {
            offset += block(room, id, offset);
            ++count;
        }
        return count;
    }

    const sdk::DeviceId meter{"app", "meter"};
    const sdk::Bytes image = support::sample_image(100 * 1024);
};

TEST_F(RoomTest, an_update_takes_as_few_downlinks_as_the_data_rate_allows) {
    EXPECT_EQ(blocks(51), 3584) << "2048 of 32 bytes, and 1536 of 24 beyond 64 KiB";
    EXPECT_EQ(blocks(115), 1102);
    EXPECT_EQ(blocks(222), 512);
}

TEST_F(RoomTest, the_correlation_id_is_reckoned_with_as_long_as_it_is) {
    EXPECT_EQ(block(51, 23, 512), 32U);
    EXPECT_EQ(block(51, 24, 512), 24U);
    EXPECT_EQ(block(51, 0xffffffff, 512), 24U);
}

TEST_F(RoomTest, the_next_block_follows_the_data_rate_of_the_moment) {
    std::uint32_t offset = 0;
    for (const std::uint32_t room : {222U, 51U, 115U, 33U, 500U, 51U}) {
        offset += block(room, {}, offset);
    }
    EXPECT_EQ(offset, 200U + 32 + 96 + 8 + 480 + 32);
}

TEST_F(RoomTest, a_room_below_the_head_of_a_block_is_waited_for) {
    const auto command = support::read_command(ask(11, {}, 0));
    EXPECT_EQ(command.kind, Kind::Wait);
}

}  // namespace

}  // namespace ajour::exchange
