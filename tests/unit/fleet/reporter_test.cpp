// SPDX-License-Identifier: Apache-2.0
#include "fleet/reporter.hpp"

#include "support/engine.hpp"

#include <gtest/gtest.h>

namespace ajour::fleet {

namespace {

using support::DeviceStatus;

const sdk::DeviceId device{"app", "dev"};

class ReporterTest : public testing::Test {
protected:
    void SetUp() override {
        engine.registry.put_device(device);
        engine.source.offer("\"main\"", "2", support::sample_image(4000));
        engine.ask(device, {"1", 512, {}, {}, 0});
    }
    void ask_at(std::uint32_t offset) { engine.ask(device, {"1", 512, {}, "2", offset}); }

    support::Engine engine;
};

TEST_F(ReporterTest, stores_what_a_device_reported) {
    ask_at(1000);
    engine.reporter().flush();
    const auto reports = engine.registry.reports();
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].device, device);
    EXPECT_EQ(reports[0].current, "1");
    EXPECT_EQ(reports[0].target, "2");
    ASSERT_EQ(reports[0].conditions.size(), 2U);
    EXPECT_EQ(reports[0].conditions[1].message, "25.00");
}

TEST_F(ReporterTest, coalesces_the_reports_of_a_device) {
    for (std::uint32_t offset = 512; offset < 4000; offset += 512) ask_at(offset);
    engine.reporter().flush();
    EXPECT_EQ(engine.registry.reports().size(), 1U);
    EXPECT_EQ(engine.metrics.reported.value(), 1);
}

TEST_F(ReporterTest, stores_nothing_when_nothing_changed) {
    engine.reporter().flush();
    engine.ask(device, {"1", 512, {}, {}, 0});
    engine.reporter().flush();
    EXPECT_EQ(engine.registry.reports().size(), 1U);
}

TEST_F(ReporterTest, tries_again_what_the_registry_did_not_take) {
    engine.registry.fail(sdk::Error{sdk::ErrorKind::Unavailable, "down"});
    engine.reporter().flush();
    EXPECT_EQ(engine.metrics.report_failed.value(), 1);
    EXPECT_NE(engine.complaint.find("down"), std::string::npos);
    ask_at(2000);
    engine.registry.fail(std::nullopt);
    engine.reporter().flush();
    const auto reports = engine.registry.reports();
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].conditions[1].message, "50.00") << "what is newest";
}

TEST_F(ReporterTest, saves_flights_and_tries_them_again) {
    engine.flights.fail(true);
    engine.reporter().flush();
    EXPECT_EQ(engine.flights.load(device), std::nullopt);
    engine.flights.fail(false);
    engine.reporter().flush();
    const auto text = engine.flights.load(device);
    ASSERT_TRUE(text);
    EXPECT_EQ(read_flight(*text).version, "2");
}

TEST_F(ReporterTest, a_flight_that_ended_is_forgotten) {
    engine.reporter().flush();
    ASSERT_NE(engine.flights.load(device).value_or(""), "");
    engine.ask(device, {"2", 512, {}, {}, 0});
    engine.reporter().flush();
    EXPECT_EQ(engine.flights.load(device).value_or("?"), "");
}

TEST_F(ReporterTest, does_not_save_a_flight_with_each_block) {
    engine.reporter().flush();
    engine.flights.fail(true);
    ask_at(512);
    engine.reporter().flush();
    EXPECT_EQ(engine.metrics.report_failed.value(), 0);
}

TEST_F(ReporterTest, goes_through_more_devices_than_a_batch) {
    for (int i = 0; i < 2500; ++i) {
        const sdk::DeviceId each{"app", "dev-" + std::to_string(i)};
        engine.registry.put_device(each);
        engine.ask(each, {"1", 512, {}, {}, 0});
    }
    engine.reporter().flush();
    EXPECT_EQ(engine.registry.reports().size(), 2501U);
}

}  // namespace

}  // namespace ajour::fleet
