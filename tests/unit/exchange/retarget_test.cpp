// SPDX-License-Identifier: Apache-2.0
// A target that changes while a device is half way.
#include "unit/exchange/exchange_fixture.hpp"

namespace ajour::exchange {

namespace {

class RetargetTest : public ExchangeTest {
protected:
    explicit RetargetTest(update::Retarget policy = update::Retarget::Finish)
        : ExchangeTest(limits(policy)) {}

    static support::EngineLimits limits(update::Retarget policy) {
        support::EngineLimits limits;
        limits.exchange.update.retarget = policy;
        return limits;
    }
    void SetUp() override {
        ExchangeTest::SetUp();
        ASSERT_EQ(ask().kind, Kind::Write);
        ASSERT_EQ(ask_at(512).offset, 512U);
    }
    /// Makes 3 the target and waits until the engine knows.
    void retarget(const std::string& version = "3") {
        engine.source.offer("\"main\"", version, next);
        engine.clock.advance(std::chrono::seconds(11));
        engine.registry.put_device(probe);
        ASSERT_TRUE(support::await(
            [&] { return text(engine.ask(probe, first).data) == slice(next, 0, 512); }));
    }

    const sdk::DeviceId probe{"app", "probe"};
    const sdk::Bytes next = support::sample_image(3000, 7);
};

TEST_F(RetargetTest, the_device_finishes_what_it_has_begun_and_then_takes_the_new_target) {
    retarget();
    for (std::uint32_t offset = 1024; offset < 4000; offset += 512) {
        const auto command = ask_at(offset);
        ASSERT_EQ(command.version, "2");
        ASSERT_EQ(text(command.data), slice(image, offset, command.data.size()));
    }
    const auto swap = ask_at(4000);
    EXPECT_EQ(swap.kind, Kind::Swap);
    EXPECT_EQ(swap.version, "2");
    const auto command = engine.ask(device, {"2", 512, {}, {}, 0});
    EXPECT_EQ(command.kind, Kind::Write);
    EXPECT_EQ(command.version, "3");
}

TEST_F(RetargetTest, the_device_finishes_after_a_restart_of_the_server_too) {
    engine.reporter().flush();
    engine.source.offer("\"main\"", "3", next);
    engine.restart();
    const auto command = ask_at(1024);
    EXPECT_EQ(command.version, "2");
    EXPECT_EQ(text(command.data), slice(image, 1024, 512));
}

TEST_F(RetargetTest, the_same_version_rebuilt_is_never_mixed_with_what_the_device_has) {
    retarget("2");
    const auto command = ask_at(1024);
    EXPECT_EQ(text(command.data), slice(image, 1024, 512)) << "of the image that was begun";
}

TEST_F(RetargetTest, a_withdrawn_release_is_not_finished) {
    retarget();
    engine.catalog().withdraw({digest::sha256(image)});
    const auto command = ask_at(1024);
    EXPECT_EQ(command.version, "3");
    EXPECT_EQ(command.offset, 0U);
    EXPECT_EQ(text(command.data), slice(next, 0, 512));
}

TEST_F(RetargetTest, a_withdrawn_release_without_a_successor_stops) {
    engine.catalog().withdraw({digest::sha256(image)});
    const auto command = ask_at(1024);
    EXPECT_EQ(command.kind, Kind::Wait);
    engine.reporter().flush();
    EXPECT_EQ(engine.registry.reports().back().conditions.front().reason, "Withdrawn");
}

TEST_F(RetargetTest, progress_is_that_of_the_image_being_finished) {
    retarget();
    ask_at(1024);
    engine.reporter().flush();
    const auto reports = engine.registry.reports();
    const auto report = std::find_if(reports.rbegin(), reports.rend(),
                                     [&](const auto& each) { return each.device == device; });
    ASSERT_NE(report, reports.rend());
    EXPECT_EQ(report->target, "3");
    EXPECT_EQ(report->conditions.at(1).message, "25.60");
}

class NoSuccessorTest : public RetargetTest {
protected:
    /// From now on the device has this target, of which the source knows nothing.
    void aim(const std::string& spec) {
        engine.registry.put_device(device, spec);
        engine.fleet().device_changed(device);
    }
    void clear_target() {
        engine.registry.put(device, R"({"metadata":{"name":"dev"},"spec":{)"
                                    R"("authentication":{"credentials":[{"pass":"secret"}]}}})");
        engine.fleet().device_changed(device);
    }
    void expect_it_goes_on(std::uint32_t offset) {
        const auto command = ask_at(offset);
        ASSERT_EQ(command.kind, Kind::Write);
        EXPECT_EQ(command.version, "2");
        EXPECT_EQ(command.offset, offset);
        EXPECT_EQ(text(command.data), slice(image, offset, command.data.size()));
    }
    void expect_it_finishes() {
        for (std::uint32_t offset = 1024; offset < 4000; offset += 512) expect_it_goes_on(offset);
        EXPECT_EQ(ask_at(4000).kind, Kind::Swap);
    }
    bool has_problem() {
        return engine.fleet().visit(device, [](const fleet::Device* known) {
            return known != nullptr && known->supply && !known->supply->standing()->problem.empty();
        });
    }
    sdk::Report last_report() {
        engine.reporter().flush();
        return engine.registry.reports().back();
    }
};

TEST_F(NoSuccessorTest, the_device_finishes_when_its_target_was_taken_away) {
    clear_target();
    expect_it_finishes();
    EXPECT_EQ(last_report().conditions.at(1).message, "100.00");
    EXPECT_EQ(engine.ask(device, {"2", 512, {}, {}, 0}).kind, Kind::Wait);
    EXPECT_EQ(last_report().conditions.front().reason, "NoTarget");
}

TEST_F(NoSuccessorTest, the_device_finishes_when_its_new_target_does_not_exist) {
    aim("\"nope\"");
    expect_it_goes_on(1024);
    ASSERT_TRUE(support::await([&] { return has_problem(); })) << "the source was not asked";
    expect_it_finishes();
    const auto report = last_report();
    EXPECT_EQ(report.conditions.back().reason, "BegunRelease");
    EXPECT_NE(report.conditions.back().message.find("nope"), std::string::npos);
    engine.ask(device, {"2", 512, {}, {}, 0});
    EXPECT_EQ(last_report().conditions.front().reason, "SourceFailed");
}

TEST_F(NoSuccessorTest, the_device_goes_on_while_its_new_target_is_being_fetched) {
    engine.source.offer("\"next\"", "3", next);
    engine.source.fetch_gate.close();
    aim("\"next\"");
    for (std::uint32_t offset = 1024; offset < 4000; offset += 512) expect_it_goes_on(offset);
    EXPECT_EQ(engine.metrics.parked_now.value(), 0);
    engine.source.fetch_gate.open();
}

TEST_F(NoSuccessorTest, the_device_goes_on_after_a_restart_while_the_source_hangs) {
    engine.reporter().flush();
    engine.source.resolve_gate.close();
    engine.restart();
    expect_it_goes_on(1024);
    engine.source.resolve_gate.open();
}

TEST_F(NoSuccessorTest, the_device_stops_when_what_it_has_begun_was_withdrawn) {
    clear_target();
    expect_it_goes_on(1024);
    engine.catalog().withdraw({digest::sha256(image)});
    EXPECT_EQ(ask_at(1536).kind, Kind::Wait);
}

TEST_F(NoSuccessorTest, the_device_stops_when_its_source_takes_the_release_back) {
    engine.source.say("\"main\"", sdk::Result<sdk::Resolution>(sdk::Nothing{}));
    engine.clock.advance(std::chrono::seconds(11));
    EXPECT_TRUE(support::await([&] { return ask_at(1024).kind == Kind::Wait; }));
    EXPECT_EQ(last_report().conditions.front().reason, "NothingToDo");
}

TEST_F(NoSuccessorTest, a_source_that_answers_each_device_has_to_permit_it_first) {
    engine.reporter().flush();
    engine.source.settable_traits().per_device = true;
    engine.source.say("\"main\"", sdk::Result<sdk::Resolution>(
                                      sdk::Error{sdk::ErrorKind::Unavailable, "it is down"}));
    engine.restart();
    EXPECT_EQ(ask_at(1024).kind, Kind::Wait);
    EXPECT_EQ(last_report().conditions.front().reason, "SourceFailed");
}

class RestartTest : public RetargetTest {
protected:
    RestartTest() : RetargetTest(update::Retarget::Restart) {}
};

TEST_F(RestartTest, the_device_begins_the_new_target_at_once) {
    retarget();
    const auto command = ask_at(1024);
    EXPECT_EQ(command.version, "3");
    EXPECT_EQ(command.offset, 0U);
    const auto after = ask_at(512, "3");
    EXPECT_EQ(text(after.data), slice(next, 512, 512));
}

TEST_F(RestartTest, a_stock_device_that_kept_its_offset_is_never_served_a_hole) {
    retarget();
    ask_at(1024);
    EXPECT_EQ(ask_at(1024, "3").kind, Kind::Wait);
    EXPECT_EQ(ask_at(1024, "3").kind, Kind::Wait);
}

TEST_F(RestartTest, a_stock_device_one_block_in_is_never_served_a_hole_either) {
    retarget();
    ask_at(512);
    EXPECT_EQ(ask_at(512, "3").kind, Kind::Wait);
}

TEST_F(RestartTest, the_same_version_rebuilt_begins_at_0) {
    retarget("2");
    const auto command = ask_at(1024);
    EXPECT_EQ(command.offset, 0U);
    EXPECT_EQ(text(command.data), slice(next, 0, 512));
}

}  // namespace

}  // namespace ajour::exchange
