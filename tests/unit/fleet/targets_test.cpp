// SPDX-License-Identifier: Apache-2.0
// The targets that devices hold, and let go of.
#include "support/engine.hpp"

#include <gtest/gtest.h>

namespace ajour::fleet {

namespace {

using Kind = support::ReceivedCommand::Kind;

const sdk::DeviceId device{"app", "dev"}, other{"other", "dev"};
const support::DeviceStatus first{"1", 512, {}, {}, 0};

class TargetsTest : public testing::Test {
protected:
    void SetUp() override {
        engine.registry.put_device(device);
        engine.registry.put_device(other);
        engine.source.offer("\"main\"", "2", support::sample_image(1000));
        ASSERT_EQ(engine.ask(device, first).kind, Kind::Write);
        ASSERT_EQ(engine.ask(other, first).kind, Kind::Write);
    }
    void sweep() {
        for (int i = 0; i < 100; ++i) engine.fleet().let_go_of_stale();
        engine.catalog().forget_idle();
    }
    /// A crew may not have let go of a target yet.
    bool sweeps_to(std::int64_t targets) {
        return support::await([&] {
            sweep();
            return engine.metrics.targets.value() == targets;
        });
    }

    support::Engine engine;
};

TEST_F(TargetsTest, stay_as_long_as_the_registrys_answer_serves) {
    engine.reporter().flush();
    sweep();
    EXPECT_EQ(engine.metrics.targets.value(), 2);
}

TEST_F(TargetsTest, are_let_go_of_by_devices_that_do_not_come_back_after_a_change) {
    engine.reporter().flush();
    engine.fleet().application_changed("app");
    EXPECT_TRUE(sweeps_to(1));
    EXPECT_EQ(engine.ask(device, first).kind, Kind::Write) << "it came back after all";
}

TEST_F(TargetsTest, stay_until_what_is_due_of_the_device_is_written) {
    engine.fleet().application_changed("app");
    sweep();
    EXPECT_EQ(engine.metrics.targets.value(), 2);
    engine.reporter().flush();
    EXPECT_TRUE(sweeps_to(1));
}

class CrowdedTest : public testing::Test {
protected:
    CrowdedTest() : engine(limits()) {}

    static support::EngineLimits limits() {
        support::EngineLimits limits;
        limits.catalog.targets_max = 1;
        return limits;
    }
    void SetUp() override {
        engine.registry.put_device(device);
        engine.registry.put_device(other);
        engine.source.offer("\"main\"", "2", support::sample_image(1000));
        ASSERT_EQ(engine.ask(device, first).kind, Kind::Write);
        engine.reporter().flush();
    }

    support::Engine engine;
};

TEST_F(CrowdedTest, a_device_whose_target_finds_no_room_waits_and_its_status_says_so) {
    EXPECT_EQ(engine.ask(other, first).kind, Kind::Wait);
    EXPECT_GE(engine.metrics.targets_full.value(), 1);
    EXPECT_EQ(engine.metrics.registry_failed.value(), 0);
    engine.reporter().flush();
    const auto report = engine.registry.reports().back();
    EXPECT_EQ(report.device, other);
    EXPECT_EQ(report.conditions.front().reason, "TooManyTargets");
}

TEST_F(CrowdedTest, a_device_gets_its_target_as_soon_as_there_is_room) {
    EXPECT_EQ(engine.ask(other, first).kind, Kind::Wait);
    engine.registry.put(device, R"({"metadata":{"name":"dev"},"spec":{)"
                                R"("authentication":{"credentials":[{"pass":"secret"}]}}})");
    engine.fleet().device_changed(device);
    EXPECT_EQ(engine.ask(device, first).kind, Kind::Wait) << "it has no target any more";
    EXPECT_TRUE(support::await([&] { return engine.ask(other, first).kind == Kind::Write; }));
}

}  // namespace

}  // namespace ajour::fleet
