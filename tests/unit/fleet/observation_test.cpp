// SPDX-License-Identifier: Apache-2.0
// What a source that observes hears of the devices it answers, each by itself.
#include "fleet/reporter.hpp"
#include "support/engine.hpp"

#include <gtest/gtest.h>

namespace ajour::fleet {

namespace {

using Event = sdk::Observation::Event;
using Events = std::vector<Event>;

const sdk::DeviceId device{"app", "dev"};

// Renewed beside the turn, for what was permitted still holds.
constexpr std::chrono::milliseconds no_longer_fresh{10'500};

class ObservationTest : public testing::Test {
protected:
    explicit ObservationTest(const support::EngineLimits& limits = {}) : engine(limits) {}
    void SetUp() override {
        engine.registry.put_device(device);
        engine.source.settable_traits().observes = true;
        engine.source.settable_traits().per_device = true;
        engine.restart();
        assign("42", "2");
    }
    /// Like a hawkBit action.
    void assign(const std::string& assignment, const std::string& version) {
        auto offer = engine.source.offer(
            "\"main\"", version,
            support::sample_image(4000, static_cast<unsigned char>(version[0])));
        offer.assignment = assignment;
        engine.source.say("\"main\"", offer);
    }
    support::ReceivedCommand ask_at(std::uint32_t offset) {
        return engine.ask(device, {"1", 512, {}, "2", offset});
    }
    support::ReceivedCommand ask_idle(const std::string& running) {
        return engine.ask(device, {running, 512, {}, {}, 0});
    }
    /// Flushes after the status.
    void flush_at(std::uint32_t offset) {
        ask_at(offset);
        engine.reporter().flush();
    }
    void flush_idle(const std::string& running) {
        ask_idle(running);
        engine.reporter().flush();
    }
    /// All that were told, when at least `count` were.
    Events events(std::size_t count) {
        EXPECT_TRUE(support::await([&] { return engine.source.observed().size() >= count; }));
        engine.reporter().flush();
        Events events;
        for (const auto& each : engine.source.observed()) events.push_back(each.event);
        return events;
    }

    support::Engine engine;
};

TEST_F(ObservationTest, comes_once_for_each_step_with_assignment_and_version) {
    flush_idle("1");
    for (const std::uint32_t offset : {8U, 16U, 512U, 512U, 4000U, 4000U}) flush_at(offset);
    flush_idle("2");
    flush_idle("2");
    EXPECT_EQ(events(4),
              (Events{Event::Progress, Event::Progress, Event::Received, Event::InSync}));
    for (const auto& each : engine.source.observed()) {
        EXPECT_EQ(each.device, device);
        EXPECT_EQ(each.assignment, "42");
        EXPECT_EQ(each.version, "2");
        EXPECT_EQ(each.target.spec, "\"main\"");
    }
    EXPECT_EQ(engine.source.observed()[1].offset, 512U);
    EXPECT_EQ(engine.source.observed()[1].size, 4000U);
}

TEST_F(ObservationTest, does_not_come_again_when_the_device_restarts) {
    flush_at(2000);
    flush_idle("1");
    flush_at(504);
    flush_at(4000);
    EXPECT_EQ(events(2), (Events{Event::Progress, Event::Received}));
}

TEST_F(ObservationTest, of_the_end_is_not_lost_when_the_server_restarts) {
    flush_at(4000);
    engine.restart();
    flush_idle("2");
    EXPECT_EQ(events(2), (Events{Event::Received, Event::InSync}));
    EXPECT_EQ(engine.source.observed().back().assignment, "42");
}

TEST_F(ObservationTest, says_that_a_device_came_back_also_over_a_restart_of_the_server) {
    for (int i = 0; i < 2; ++i) {
        flush_at(4000);
        engine.restart();
        flush_idle("1");
    }
    ASSERT_TRUE(support::await([&] {
        const auto observed = engine.source.observed();
        return !observed.empty() && observed.back().event == Event::Reverted;
    }));
    EXPECT_EQ(engine.source.observed().back().assignment, "42");
    EXPECT_EQ(engine.source.observed().back().version, "2");
}

TEST_F(ObservationTest, is_of_the_next_assignment_too_when_it_has_the_same_version) {
    flush_idle("2");
    assign("43", "2");
    engine.clock.advance(std::chrono::seconds(11));
    ask_idle("2");
    ASSERT_TRUE(support::await([&] { return engine.source.resolved().size() == 2; }));
    ASSERT_TRUE(support::await([&] {
        flush_idle("2");
        return engine.source.observed().size() == 2;
    }));
    EXPECT_EQ(events(2), (Events{Event::InSync, Event::InSync}));
    EXPECT_EQ(engine.source.observed()[0].assignment, "42");
    EXPECT_EQ(engine.source.observed()[1].assignment, "43");
}

TEST_F(ObservationTest, never_names_an_assignment_that_came_after_the_step) {
    ask_idle("2");
    assign("43", "3");
    engine.clock.advance(no_longer_fresh);
    engine.source.resolve_gate.close();
    ask_idle("2");  // renews beside the turn
    ASSERT_TRUE(support::await([&] { return engine.source.resolve_gate.waiting() == 1; }));
    engine.source.resolve_gate.open();
    const auto supply = engine.catalog().supply({"app", "file", "\"main\""}, device, {});
    ASSERT_TRUE(support::await([&] { return supply->standing()->assignment == "43"; }));
    engine.reporter().flush();
    flush_idle("2");  // and now it is offered the next
    EXPECT_EQ(events(1), (Events{Event::Progress}));
    EXPECT_EQ(engine.source.observed().back().assignment, "43");
}

TEST_F(ObservationTest, of_an_offer_that_cannot_be_served_names_it_once) {
    auto bad = engine.source.offer("\"main\"", "3", support::sample_image(4000));
    bad.assignment = "44";
    bad.sha256->bytes[0] ^= 1;
    engine.source.say("\"main\"", bad);
    for (int i = 0; i < 3; ++i) {
        flush_idle("1");
        engine.clock.advance(std::chrono::seconds(11));
    }
    EXPECT_EQ(events(1), (Events{Event::Failed}));
    EXPECT_EQ(engine.source.observed().back().assignment, "44");
    EXPECT_EQ(engine.source.observed().back().version, "3");
    EXPECT_NE(engine.source.observed().back().detail.find("SHA-256"), std::string::npos);
}

TEST_F(ObservationTest, of_such_an_offer_comes_beside_the_last_good_release) {
    flush_idle("2");
    auto bad = engine.source.offer("\"main\"", "3", support::sample_image(4000));
    bad.assignment = "44";
    bad.sha256->bytes[0] ^= 1;
    engine.source.say("\"main\"", bad);
    engine.clock.advance(std::chrono::seconds(11));
    ASSERT_TRUE(support::await([&] {
        flush_idle("2");
        return engine.source.observed().size() == 2;
    }));
    EXPECT_EQ(events(2), (Events{Event::InSync, Event::Failed}));
    EXPECT_EQ(engine.source.observed().back().assignment, "44");
}

TEST_F(ObservationTest, does_not_go_to_a_source_that_does_not_ask) {
    engine.source.settable_traits().observes = false;
    engine.restart();
    flush_idle("2");
    support::drain(engine.registry_crew());
    EXPECT_TRUE(engine.source.observed().empty());
}

struct FinishingDevices : ObservationTest {
    static support::EngineLimits finish() {
        support::EngineLimits limits;
        limits.exchange.update.retarget = update::Retarget::Finish;
        return limits;
    }
    FinishingDevices() : ObservationTest(finish()) {}
};

TEST_F(FinishingDevices, tell_nothing_of_an_image_that_is_no_longer_offered) {
    flush_at(504);
    assign("43", "3");
    engine.clock.advance(std::chrono::seconds(11));
    ask_at(504);
    const auto supply = engine.catalog().supply({"app", "file", "\"main\""}, device, {});
    ASSERT_TRUE(support::await([&] { return supply->standing()->assignment == "43"; }));
    flush_at(2000);
    flush_at(4000);
    EXPECT_EQ(events(1), (Events{Event::Progress}));
}

struct FullSource : ObservationTest {
    static support::EngineLimits one_place() {
        support::EngineLimits limits;
        limits.source_queue = 1;
        limits.threads = 1;
        return limits;
    }
    FullSource() : ObservationTest(one_place()) {}
};

TEST_F(FullSource, is_told_later_and_nothing_is_reported_twice_meanwhile) {
    ask_idle("2");
    engine.reporter().flush();
    EXPECT_EQ(events(1), (Events{Event::InSync}));
    const auto reports = engine.registry.reports().size();
    engine.source.resolve_gate.close();
    engine.clock.advance(no_longer_fresh);
    ask_idle("2");  // its renewal hangs
    ASSERT_TRUE(support::await([&] { return engine.source.resolve_gate.waiting() == 1; }));
    const sdk::DeviceId other{"app", "other"};
    engine.registry.put_device(other, "\"other\"");
    engine.submit(other, {"1", 512, {}, {}, 0});  // its renewal takes the place in the queue
    ASSERT_TRUE(support::drain(engine.registry_crew()));
    flush_at(4000);
    flush_idle("1");
    engine.reporter().flush();
    engine.reporter().flush();
    EXPECT_EQ(engine.source.observed().size(), 1U);
    EXPECT_EQ(engine.registry.reports().size(), reports + 2);
    engine.source.resolve_gate.open();
    ASSERT_TRUE(support::await([&] {
        engine.reporter().flush();
        return engine.source.observed().size() == 2;
    }));
}

}  // namespace

}  // namespace ajour::fleet
