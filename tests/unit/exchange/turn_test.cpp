// SPDX-License-Identifier: Apache-2.0
// Turns that find all in memory, and messages that are none.
#include "unit/exchange/exchange_fixture.hpp"

namespace ajour::exchange {

namespace {

using sdk::ErrorKind;

class TurnTest : public ExchangeTest {
protected:
    void SetUp() override {
        ExchangeTest::SetUp();
        ASSERT_EQ(ask().kind, Kind::Write);
    }
};

TEST_F(TurnTest, is_answered_before_submit_returns) {
    const auto reply = engine.submit(device, first);
    EXPECT_FALSE(reply.is_parked());
    EXPECT_EQ(reply.count(), 1);
}

TEST_F(TurnTest, a_block_carries_the_bytes_of_the_image) {
    const auto command = ask_at(512);
    EXPECT_EQ(command.kind, Kind::Write);
    EXPECT_EQ(command.version, "2");
    EXPECT_EQ(command.offset, 512U);
    EXPECT_EQ(text(command.data), slice(image, 512, 512));
}

TEST_F(TurnTest, a_swap_carries_the_digest_of_the_image) {
    for (std::uint32_t offset = 512; offset < 4000; offset += 512) ask_at(offset);
    const auto command = ask_at(4000);
    EXPECT_EQ(command.kind, Kind::Swap);
    const auto digest = digest::sha256(image);
    EXPECT_EQ(text(command.data), std::string(sdk::text_of(digest.bytes)));
}

TEST_F(TurnTest, a_sync_names_what_the_device_runs) {
    const auto command = engine.ask(device, {"2", 512, {}, {}, 0});
    EXPECT_EQ(command.kind, Kind::Sync);
    EXPECT_EQ(command.version, "2");
    EXPECT_EQ(command.poll, 60U);
}

TEST_F(TurnTest, the_correlation_id_comes_back_untouched_with_every_command) {
    for (const std::uint32_t id : {0U, 1U, 0xffffffffU}) {
        EXPECT_EQ(engine.ask(device, {"1", 512, id, {}, 0}).correlation_id, id);
        EXPECT_EQ(engine.ask(device, {"2", 512, id, {}, 0}).correlation_id, id);
        EXPECT_EQ(engine.ask(device, {"1", 512, id, "2", 5000}).correlation_id, id);
    }
    EXPECT_EQ(ask().correlation_id, std::nullopt);
}

TEST_F(TurnTest, commands_are_counted_by_kind) {
    ask_at(512);
    engine.ask(device, {"2", 512, {}, {}, 0});
    EXPECT_EQ(engine.metrics.statuses.value(), 3);
    EXPECT_EQ(engine.metrics.writes.value(), 2);
    EXPECT_EQ(engine.metrics.block_bytes.value(), 1024);
    EXPECT_EQ(engine.metrics.syncs.value(), 1);
    EXPECT_EQ(engine.metrics.parked.value(), 1);
    EXPECT_TRUE(support::await([&] { return engine.metrics.parked_now.value() == 0; }))
        << "a status leaves its lane just after its answer";
}

TEST_F(TurnTest, a_link_gets_no_more_than_its_room) {
    const auto payload = support::bytes_of(first);
    for (std::uint32_t room = 1; room < 600; ++room) {
        const auto reply = engine.submit(sdk::Message{
            device, device, {sdk::Credential::Kind::Password, {}, "secret"}, payload, room, {}});
        const auto command = support::read_command(reply.answer().command);
        ASSERT_NE(command.kind, Kind::Unreadable);
        ASSERT_LE(command.kind == Kind::Write ? reply.answer().command.size() : 0, room);
    }
}

TEST_F(TurnTest, a_status_that_is_none_is_refused_as_malformed) {
    const std::string long_garbage(60'000, '\xff');
    for (const std::string& payload : {std::string(), std::string("\xff"), long_garbage}) {
        const auto reply =
            engine.submit(sdk::Message{device,
                                       device,
                                       {sdk::Credential::Kind::Password, {}, "secret"},
                                       sdk::bytes_of(payload),
                                       0,
                                       {}});
        EXPECT_EQ(refusal(reply), ErrorKind::Malformed);
        EXPECT_EQ(reply.count(), 1);
    }
    EXPECT_EQ(engine.metrics.malformed.value(), 3);
}

TEST_F(TurnTest, json_is_understood_too) {
    const std::string payload = R"({"version":"1","mtu":16,"update":{"version":"2","offset":512}})";
    const auto reply = engine.submit(sdk::Message{device,
                                                  device,
                                                  {sdk::Credential::Kind::Password, {}, "secret"},
                                                  sdk::bytes_of(payload),
                                                  0,
                                                  {}});
    EXPECT_EQ(text(support::read_command(reply.answer().command).data), slice(image, 512, 16));
}

TEST_F(TurnTest, another_password_is_not_taken_for_the_one_that_was_right) {
    const auto payload = support::bytes_of(first);
    const auto reply = engine.submit(sdk::Message{
        device, device, {sdk::Credential::Kind::Password, {}, "guess"}, payload, 0, "192.0.2.9"});
    EXPECT_EQ(refusal(reply), ErrorKind::Refused);
}

TEST_F(TurnTest, a_device_that_came_back_twice_is_told_to_wait) {
    for (int times = 0; times < 2; ++times) {
        EXPECT_EQ(ask().kind, Kind::Write);
        for (std::uint32_t offset = 512; offset < 4000; offset += 512) ask_at(offset);
        EXPECT_EQ(ask_at(4000).kind, Kind::Swap);
    }
    const auto command = ask();
    EXPECT_EQ(command.kind, Kind::Wait);
    EXPECT_EQ(command.poll, 60U);
    engine.reporter().flush();
    EXPECT_EQ(engine.registry.reports().back().conditions.front().reason, "Reverted");
    EXPECT_EQ(ask().kind, Kind::Wait);
}

TEST_F(TurnTest, the_loop_guard_ends_with_a_new_release) {
    for (int times = 0; times < 2; ++times) {
        ask();
        for (std::uint32_t offset = 512; offset < 4000; offset += 512) ask_at(offset);
        ask_at(4000);
    }
    ASSERT_EQ(ask().kind, Kind::Wait);
    engine.source.offer("\"main\"", "3", support::sample_image(2000, 3));
    engine.clock.advance(std::chrono::seconds(11));
    ask();
    EXPECT_TRUE(support::await([this] { return ask().version == "3"; }));
}

TEST_F(TurnTest, the_loop_guard_holds_over_a_restart_of_the_server) {
    for (int times = 0; times < 2; ++times) {
        ask();
        for (std::uint32_t offset = 512; offset < 4000; offset += 512) ask_at(offset);
        ask_at(4000);
        engine.reporter().flush();
        engine.restart();
    }
    EXPECT_EQ(ask().kind, Kind::Wait);
}

TEST_F(TurnTest, an_update_goes_on_after_a_restart_of_the_server) {
    ask_at(512);
    engine.reporter().flush();
    engine.restart();
    const auto command = ask_at(1024);
    EXPECT_EQ(command.kind, Kind::Write);
    EXPECT_EQ(command.offset, 1024U);
}

TEST_F(TurnTest, a_device_with_bytes_it_was_never_served_is_told_to_wait_until_it_restarts) {
    EXPECT_EQ(ask_at(1024).kind, Kind::Wait) << "only 512 bytes were served";
    engine.reporter().flush();
    EXPECT_EQ(engine.registry.reports().back().conditions.front().reason, "MustRestart");
    EXPECT_EQ(ask().kind, Kind::Write);
}

}  // namespace

}  // namespace ajour::exchange
