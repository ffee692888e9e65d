// SPDX-License-Identifier: Apache-2.0
// Turns that must wait for the registry or a source.
#include "unit/exchange/exchange_fixture.hpp"

namespace ajour::exchange {

namespace {

using sdk::ErrorKind;
using std::chrono::seconds;

class WaitingTest : public ExchangeTest {
protected:
    explicit WaitingTest(const support::EngineLimits& limits = {}) : ExchangeTest(limits) {}

    void await_look_up() {
        ASSERT_TRUE(support::await([this] { return engine.registry.gate.waiting() == 1; }));
    }
};

TEST_F(WaitingTest, an_unknown_device_is_parked_and_answered_from_another_thread) {
    engine.registry.gate.close();
    const auto reply = engine.submit(device, first);
    EXPECT_TRUE(reply.is_parked());
    EXPECT_EQ(reply.count(), 0);
    EXPECT_EQ(engine.metrics.parked_now.value(), 1);
    engine.registry.gate.open();
    ASSERT_TRUE(reply.await_answer());
    EXPECT_EQ(support::read_command(reply.answer().command).kind, Kind::Write);
    EXPECT_TRUE(support::await([this] { return engine.metrics.parked_now.value() == 0; }));
}

TEST_F(WaitingTest, a_device_that_nobody_knows_is_refused) {
    EXPECT_EQ(refusal(engine.submit({"app", "nobody"}, first)), ErrorKind::NotFound);
    EXPECT_EQ(engine.metrics.refused.value(), 1);
}

TEST_F(WaitingTest, a_registry_that_is_down_means_wait_with_the_correlation_id) {
    engine.registry.fail(sdk::Error{ErrorKind::Unavailable, "down"});
    const auto command = engine.ask(device, {"1", 512, 77, {}, 0});
    EXPECT_EQ(command.kind, Kind::Wait);
    EXPECT_EQ(command.poll, 10U);
    EXPECT_EQ(command.correlation_id, 77U);
    engine.registry.fail(std::nullopt);
    EXPECT_EQ(ask().kind, Kind::Write);
}

TEST_F(WaitingTest, a_known_device_goes_on_while_the_registry_is_down) {
    ask();
    engine.registry.fail(sdk::Error{ErrorKind::Unavailable, "down"});
    for (int i = 0; i < 100; ++i) {
        engine.clock.advance(seconds(40));
        ASSERT_EQ(ask().kind, Kind::Write);
    }
}

TEST_F(WaitingTest, a_source_that_fails_means_wait_with_back_off) {
    engine.source.say("\"main\"", sdk::Error{ErrorKind::Unavailable, "down"});
    const auto command = engine.ask(device, {"1", 512, 78, {}, 0});
    EXPECT_EQ(command.kind, Kind::Wait);
    EXPECT_EQ(command.poll, 10U);
    EXPECT_EQ(command.correlation_id, 78U);
}

TEST_F(WaitingTest, a_source_may_say_when_to_come_back) {
    engine.source.say("\"main\"",
                      sdk::Result<sdk::Resolution>(sdk::NotYet{seconds(45), "building"}));
    EXPECT_EQ(ask().poll, 45U);
    engine.source.say("\"main\"", sdk::Result<sdk::Resolution>(sdk::Nothing{seconds(300)}));
    engine.clock.advance(seconds(46));
    ask();
    EXPECT_TRUE(support::await([this] { return ask().poll == 300U; }));
}

TEST_F(WaitingTest, a_source_that_throws_means_wait) {
    engine.source.throw_from_now_on();
    EXPECT_EQ(ask().kind, Kind::Wait);
}

TEST_F(WaitingTest, who_waits_for_too_long_is_told_to_wait_once) {
    engine.registry.gate.close();
    const auto reply = engine.submit(device, {"1", 512, 79, {}, 0});
    engine.exchange().answer_overdue();
    EXPECT_EQ(reply.count(), 0) << "not yet";
    engine.clock.advance(seconds(3));
    engine.exchange().answer_overdue();
    ASSERT_EQ(reply.count(), 1);
    const auto command = support::read_command(reply.answer().command);
    EXPECT_EQ(command.kind, Kind::Wait);
    EXPECT_EQ(command.poll, 10U);
    EXPECT_EQ(command.correlation_id, 79U);
    engine.registry.gate.open();
    ASSERT_EQ(ask().kind, Kind::Write) << "what the registry said meanwhile is remembered";
    EXPECT_EQ(reply.count(), 1);
}

TEST_F(WaitingTest, a_source_that_hangs_delays_only_its_own) {
    const sdk::DeviceId other{"app", "other"};
    engine.registry.put(other, R"({"metadata":{"name":"other"},"spec":{"firmware":{"other":"x"},)"
                               R"("authentication":{"credentials":[{"pass":"secret"}]}}})");
    engine.other_source.resolve_gate.close();
    const auto reply = engine.submit(other, first);
    EXPECT_EQ(ask().kind, Kind::Write);
    EXPECT_EQ(reply.count(), 0);
    engine.clock.advance(seconds(3));
    engine.exchange().answer_overdue();
    EXPECT_EQ(reply.count(), 1);
}

TEST_F(WaitingTest, a_fetch_that_takes_long_is_waited_for_beside_the_turns) {
    engine.source.fetch_gate.close();
    const auto reply = engine.submit(device, first);
    ASSERT_TRUE(support::await([this] { return engine.source.fetch_gate.waiting() == 1; }));
    engine.clock.advance(seconds(3));
    engine.exchange().answer_overdue();
    EXPECT_EQ(support::read_command(reply.answer().command).kind, Kind::Wait);
    engine.source.fetch_gate.open();
    EXPECT_TRUE(support::await([this] { return ask().kind == Kind::Write; }));
    EXPECT_EQ(engine.source.fetched().size(), 1U);
}

TEST_F(WaitingTest, a_device_waits_in_its_lane_and_is_answered_in_order) {
    engine.registry.gate.close();
    std::vector<support::RecordingReply> replies;
    for (std::uint32_t id = 0; id < 4; ++id) {
        replies.push_back(engine.submit(device, {"1", 512, id, {}, 0}));
    }
    await_look_up();
    EXPECT_EQ(engine.registry.look_ups(), 1U) << "one turn at a time";
    engine.registry.gate.open();
    for (std::uint32_t id = 0; id < 4; ++id) {
        ASSERT_TRUE(replies[id].await_answer());
        EXPECT_EQ(support::read_command(replies[id].answer().command).correlation_id, id);
    }
    EXPECT_EQ(engine.registry.look_ups(), 1U) << "the rest found it in memory";
}

TEST_F(WaitingTest, a_lane_that_is_full_refuses) {
    engine.registry.gate.close();
    std::vector<support::RecordingReply> replies;
    for (int i = 0; i < 4; ++i) replies.push_back(engine.submit(device, first));
    EXPECT_EQ(refusal(engine.submit(device, first)), ErrorKind::Full);
    EXPECT_EQ(engine.metrics.full.value(), 1);
    EXPECT_EQ(engine.metrics.parked_now.value(), 4);
}

TEST_F(WaitingTest, a_reply_without_memory_is_refused) {
    support::RecordingReply reply;
    reply.no_memory = true;
    const auto payload = support::bytes_of(first);
    engine.exchange().submit({device, device, {}, payload, 0, {}}, reply);
    EXPECT_EQ(refusal(reply), ErrorKind::Full);
}

TEST_F(WaitingTest, after_hurry_nobody_waits) {
    engine.registry.gate.close();
    const auto parked = engine.submit(device, first);
    EXPECT_EQ(parked.count(), 0);
    engine.exchange().hurry();
    ASSERT_EQ(parked.count(), 1);
    EXPECT_EQ(support::read_command(parked.answer().command).kind, Kind::Wait);
    const auto late = engine.submit(device, first);
    EXPECT_FALSE(late.is_parked());
    EXPECT_EQ(support::read_command(late.answer().command).kind, Kind::Wait);
}

TEST_F(WaitingTest, guessing_passwords_is_slowed_down_for_that_address_only) {
    const auto payload = support::bytes_of(first);
    const auto guess = [&](std::string_view peer) {
        return refusal(engine.submit(sdk::Message{
            device, device, {sdk::Credential::Kind::Password, {}, "guess"}, payload, 0, peer}));
    };
    for (int i = 0; i < 10; ++i) ASSERT_EQ(guess("192.0.2.9"), ErrorKind::Refused);
    EXPECT_EQ(guess("192.0.2.9"), ErrorKind::Throttled);
    EXPECT_EQ(guess("192.0.2.8"), ErrorKind::Refused);
    EXPECT_EQ(engine.metrics.throttled.value(), 1);
    const auto look_ups = engine.registry.look_ups();
    EXPECT_EQ(guess("192.0.2.9"), ErrorKind::Throttled);
    EXPECT_EQ(engine.registry.look_ups(), look_ups) << "the registry is spared";
    engine.clock.advance(std::chrono::minutes(1));
    EXPECT_EQ(guess("192.0.2.9"), ErrorKind::Refused);
}

TEST_F(WaitingTest, a_known_device_is_not_slowed_down_by_a_neighbour_who_guesses) {
    ask();
    const auto payload = support::bytes_of(first);
    for (int i = 0; i < 12; ++i) {
        const auto reply =
            engine.submit(sdk::Message{device,
                                       device,
                                       {sdk::Credential::Kind::Password, {}, "guess"},
                                       payload,
                                       0,
                                       "192.0.2.1"});
        ASSERT_TRUE(reply.await_answer());
    }
    EXPECT_EQ(ask().kind, Kind::Write);
}

TEST_F(WaitingTest, a_registry_that_is_down_does_not_count_as_guessing) {
    engine.registry.fail(sdk::Error{ErrorKind::Unavailable, "down"});
    for (int i = 0; i < 20; ++i) ASSERT_EQ(ask().kind, Kind::Wait);
}

class FullQueues : public WaitingTest {
protected:
    FullQueues() : WaitingTest(limits()) {}
    static support::EngineLimits limits() {
        support::EngineLimits limits;
        limits.registry_queue = 0;
        return limits;
    }
};

TEST_F(FullQueues, a_registry_crew_that_is_full_means_wait) {
    const auto command = engine.ask(device, {"1", 512, 80, {}, 0});
    EXPECT_EQ(command.kind, Kind::Wait);
    EXPECT_EQ(command.correlation_id, 80U);
    EXPECT_EQ(engine.metrics.parked_now.value(), 0);
}

class FewLanes : public WaitingTest {
protected:
    FewLanes() : WaitingTest(limits()) {}
    static support::EngineLimits limits() {
        support::EngineLimits limits;
        limits.exchange.lanes.waiting = 2;
        return limits;
    }
};

TEST_F(FewLanes, no_more_wait_in_all_than_may) {
    engine.registry.gate.close();
    const auto one = engine.submit({"app", "one"}, first);
    const auto two = engine.submit({"app", "two"}, first);
    EXPECT_EQ(refusal(engine.submit({"app", "three"}, first)), ErrorKind::Full);
}

}  // namespace

}  // namespace ajour::exchange
