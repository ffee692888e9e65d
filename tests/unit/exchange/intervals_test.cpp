// SPDX-License-Identifier: Apache-2.0
// Every wait and every sync says when to come back, spread so that a fleet does not come back at
// once.
#include "unit/exchange/exchange_fixture.hpp"

namespace ajour::exchange {

namespace {

support::EngineLimits jittered(unsigned percent, std::uint32_t seconds) {
    support::EngineLimits limits;
    limits.exchange.jitter = percent;
    limits.exchange.update.poll = seconds;
    limits.exchange.update.backoff = seconds;
    return limits;
}

class IntervalsTest : public ExchangeTest {
protected:
    explicit IntervalsTest(const support::EngineLimits& limits = jittered(10, 100))
        : ExchangeTest(limits) {}

    std::set<std::uint32_t> polls(const support::DeviceStatus& status) {
        std::set<std::uint32_t> seen;
        for (int i = 0; i < 500; ++i) seen.insert(engine.ask(device, status).poll.value_or(0));
        return seen;
    }
};

TEST_F(IntervalsTest, a_sync_is_spread_by_ten_percent_and_never_sooner) {
    const auto seen = polls({"2", 512, {}, {}, 0});
    EXPECT_GE(*seen.begin(), 100U);
    EXPECT_LE(*seen.rbegin(), 110U);
    EXPECT_GE(seen.size(), 8U) << "not all alike";
}

TEST_F(IntervalsTest, a_wait_is_spread_too) {
    engine.source.say("\"main\"", sdk::Result<sdk::Resolution>(sdk::Nothing{}));
    const auto seen = polls(first);
    EXPECT_GE(*seen.begin(), 100U);
    EXPECT_LE(*seen.rbegin(), 110U);
    EXPECT_GE(seen.size(), 8U);
}

TEST_F(IntervalsTest, the_wait_of_a_registry_that_is_down_is_spread_too) {
    engine.registry.fail(sdk::Error{sdk::ErrorKind::Unavailable, "down"});
    const auto seen = polls(first);
    EXPECT_GE(*seen.begin(), 100U);
    EXPECT_LE(*seen.rbegin(), 110U);
    EXPECT_GE(seen.size(), 8U);
}

class ShortestIntervals : public IntervalsTest {
protected:
    ShortestIntervals() : IntervalsTest(jittered(50, 0)) {}
};

TEST_F(ShortestIntervals, are_never_zero) {
    EXPECT_EQ(polls({"2", 512, {}, {}, 0}), (std::set<std::uint32_t>{1}));
    engine.registry.fail(sdk::Error{sdk::ErrorKind::Unavailable, "down"});
    const auto unknown = engine.ask({"app", "unknown"}, first);
    EXPECT_EQ(unknown.kind, Kind::Wait);
    EXPECT_GT(unknown.poll.value_or(0), 0U);
}

class LongestIntervals : public IntervalsTest {
protected:
    LongestIntervals() : IntervalsTest(jittered(50, 0xffffffff)) {}
};

TEST_F(LongestIntervals, do_not_wrap) {
    for (const auto poll : polls({"2", 512, {}, {}, 0})) EXPECT_EQ(poll, 0xffffffffU);
}

}  // namespace

}  // namespace ajour::exchange
