// SPDX-License-Identifier: Apache-2.0
// What turns say of a device's pace, and what its conditions say of that.
#include "unit/exchange/exchange_fixture.hpp"

namespace ajour::exchange {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class ExchangePace : public ExchangeTest {
protected:
    support::RecordingReply submit(std::uint32_t offset, seconds pace, const sdk::DeviceId& id) {
        const auto writing = offset > 0 ? std::optional<std::string>("2") : std::nullopt;
        const auto payload =
            support::bytes_of(support::DeviceStatus{"1", 512, {}, writing, offset});
        sdk::Message message{id,      id, {sdk::Credential::Kind::Password, {}, "secret"},
                             payload, 0,  {}};
        message.pace = pace;
        return engine.submit(message);
    }
    void ask_by_air(std::uint32_t offset, seconds pace = minutes(5)) {
        ASSERT_TRUE(submit(offset, pace, device).await_answer());
    }
    std::string progress() {
        engine.reporter().flush();
        const auto reports = engine.registry.reports();
        for (const auto& condition : reports.back().conditions) {
            if (condition.type == "UpdateProgress") return condition.message;
        }
        return "none";
    }
    fleet::Forecast forecast() {
        return engine.fleet().visit(device, [this](const fleet::Device* known) {
            return foresee(known->pace, known->reported.size - known->reported.offset,
                           engine.clock.now());
        });
    }
};

TEST_F(ExchangePace, is_told_by_the_transport_of_the_first_turn_that_waits_and_of_later_ones) {
    ask_by_air(0);
    EXPECT_EQ(forecast().each, minutes(5)) << "the turn was parked";
    EXPECT_EQ(forecast().by, fleet::Forecast::By::Budget);
    ask_by_air(512, seconds(100));
    EXPECT_EQ(forecast().each, seconds(100));
    EXPECT_EQ(forecast().blocks, 7U) << "six of 512 and one of 416";
}

TEST_F(ExchangePace, is_seen_from_block_to_block) {
    ask();
    for (std::uint32_t offset = 512; offset <= 2048; offset += 512) {
        engine.clock.advance(minutes(20));
        ask_at(offset);
    }
    EXPECT_EQ(forecast().each, minutes(20));
    EXPECT_EQ(forecast().by, fleet::Forecast::By::Seen);
    EXPECT_NE(progress().find("51.20 %, 4 blocks left until 20"), std::string::npos) << progress();
}

TEST_F(ExchangePace, of_a_quick_device_leaves_its_conditions_as_they_are) {
    ask();
    engine.clock.advance(std::chrono::milliseconds(20));
    ask_at(512);
    EXPECT_EQ(progress(), "12.80");
}

TEST_F(ExchangePace, a_command_that_waits_for_air_time_is_shown) {
    ask_by_air(0);
    EXPECT_EQ(progress().find("waits"), std::string::npos);
    engine.exchange().delayed(device, {sdk::Delay::Share::Application, minutes(35)});
    EXPECT_NE(progress().find("; the next waits for air time of its application until 20"),
              std::string::npos);
    const auto reported = engine.metrics.reported.value();
    engine.exchange().delayed(device, {sdk::Delay::Share::Application, minutes(35)});
    engine.reporter().flush();
    EXPECT_EQ(engine.metrics.reported.value(), reported) << "it is no news";
    ask_by_air(512);
    EXPECT_EQ(progress().find("waits"), std::string::npos);
}

TEST_F(ExchangePace, a_command_that_the_network_dropped_is_shown_until_a_block_came_through) {
    ask_by_air(0);
    engine.exchange().dropped(device, sdk::Drop::TooLong);
    EXPECT_NE(progress().find("not sent the last command: it is too long"), std::string::npos);
    const auto reported = engine.metrics.reported.value();
    engine.exchange().dropped(device, sdk::Drop::TooLong);
    engine.exchange().dropped({"app", "stranger"}, sdk::Drop::TooLong);
    engine.reporter().flush();
    EXPECT_EQ(engine.metrics.reported.value(), reported) << "it is no news";
    ask_by_air(512);
    EXPECT_EQ(progress().find("not sent"), std::string::npos);
}

TEST_F(ExchangePace, a_command_that_never_fits_is_a_reason) {
    ask_by_air(0);
    engine.exchange().delayed(device, {sdk::Delay::Share::Device, sdk::Delay::forever});
    engine.reporter().flush();
    const auto in_sync = engine.registry.reports().back().conditions.front();
    EXPECT_EQ(in_sync.type, "InSync");
    EXPECT_EQ(in_sync.status, sdk::Condition::Status::False);
    EXPECT_EQ(in_sync.reason, "NoAirTime");
}

TEST_F(ExchangePace, a_delay_of_who_is_not_known_is_passed_over) {
    engine.exchange().delayed({"app", "stranger"}, {sdk::Delay::Share::Device, minutes(1)});
    engine.reporter().flush();
    EXPECT_TRUE(engine.registry.reports().empty());
}

TEST_F(ExchangePace, of_all_devices_of_an_application_can_be_asked_for) {
    for (int i = 0; i < 100; ++i) {
        const sdk::DeviceId id{i % 2 == 0 ? "app" : "other", "dev-" + std::to_string(i)};
        engine.registry.put_device(id);
        ASSERT_TRUE(submit(0, minutes(5), id).await_answer());
    }
    ask();
    engine.ask({"app", "dev-0"}, {"2", 512, {}, {}, 0});
    std::map<std::string, fleet::Update> found;
    fleet::Fleet::Walk walk;
    while (!walk.ended) {
        for (auto& update : engine.fleet().next_updates("app", walk)) found[update.device] = update;
    }
    EXPECT_EQ(found.size(), 50U) << "the one in sync is none";
    EXPECT_EQ(found["dev-2"].size, 4000U);
    EXPECT_EQ(found["dev-2"].forecast.blocks, 8U);
}

}  // namespace

}  // namespace ajour::exchange
