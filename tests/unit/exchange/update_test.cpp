// SPDX-License-Identifier: Apache-2.0
// Whole updates through the engine: every device ends with exactly the published bytes.
#include "unit/exchange/exchange_fixture.hpp"

namespace ajour::exchange {

namespace {

/// A device that writes what it is told, and gives what it has at the swap.
sdk::Bytes take_update(support::Engine& engine, const sdk::DeviceId& id, std::uint32_t mtu) {
    sdk::Bytes flash;
    support::DeviceStatus status{"1", mtu, {}, {}, 0};
    while (true) {
        const auto command = engine.ask(id, status);
        if (command.kind == Kind::Swap) return flash;
        if (command.kind != Kind::Write || command.offset != flash.size() || command.data.empty()) {
            ADD_FAILURE() << "at " << flash.size() << ", mtu " << mtu;
            return flash;
        }
        flash.insert(flash.end(), command.data.begin(), command.data.end());
        status.writing = command.version;
        status.offset = static_cast<std::uint32_t>(flash.size());
    }
}

class UpdateTest : public ExchangeTest {};

TEST_F(UpdateTest, ends_with_the_published_bytes_whatever_the_mtu_and_the_size) {
    std::uint32_t number = 0;
    for (const std::size_t size : {1U, 7U, 8U, 9U, 511U, 512U, 513U, 4099U}) {
        for (const std::uint32_t mtu : {0U, 5U, 7U, 8U, 100U, 512U, 0xffffffffU}) {
            const auto spec = "\"image-" + std::to_string(size) + "\"";
            const auto published = support::sample_image(size, 5);
            engine.source.offer(spec, "2", published);
            const sdk::DeviceId each{"app", "dev-" + std::to_string(++number)};
            engine.registry.put_device(each, spec);
            EXPECT_EQ(text(take_update(engine, each, mtu)), text(published))
                << size << ", mtu " << mtu;
        }
    }
}

TEST_F(UpdateTest, a_fleet_of_one_target_costs_one_question_and_one_fetch) {
    for (int i = 0; i < 50; ++i) {
        const sdk::DeviceId each{"app", "dev-" + std::to_string(i)};
        engine.registry.put_device(each);
        EXPECT_EQ(text(take_update(engine, each, 512)), text(image));
        EXPECT_EQ(engine.ask(each, {"2", 512, {}, {}, 0}).kind, Kind::Sync);
    }
    EXPECT_EQ(engine.source.resolved().size(), 1U);
    EXPECT_EQ(engine.source.fetched().size(), 1U);
}

TEST_F(UpdateTest, goes_on_from_any_offset_when_a_new_server_takes_over) {
    for (std::uint32_t offset = 0; offset <= 4000; offset += 504) {
        engine.restart();
        const auto command = ask_at(offset);
        EXPECT_EQ(command.kind, Kind::Write);
        EXPECT_EQ(text(command.data), slice(image, offset, command.data.size()));
    }
}

}  // namespace

}  // namespace ajour::exchange
