// SPDX-License-Identifier: Apache-2.0
#include "downlinks.hpp"

#include "chirpstack.hpp"
#include "keeping_courier.hpp"
#include "support/recording_inbox.hpp"
#include "support/test_host.hpp"
#include "the_things_stack.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace ajour::lorawan {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr ajour_setting_row no_rows[] = {sdk::end_of_settings};

class DownlinksTest : public testing::Test {
protected:
    std::shared_ptr<Downlinks> make(lora::Allowance allowance,
                                    std::shared_ptr<const Network> network) {
        return std::make_shared<Downlinks>(Downlinks::Service{
            std::move(network), allowance, metrics, host, [this] { return now; }, inbox});
    }
    Answer answer() {
        return {{"app", "dev"}, "0102030405060708", "topic", 223, {{12, 125'000}, 51}, false};
    }

    support::TestHost host{no_rows};
    Metrics metrics{host};
    lora::AirBudget::Instant now{std::chrono::hours(1000)};
    KeepingCourier courier;
    support::RecordingInbox inbox;
    std::shared_ptr<const Network> things = std::make_shared<TheThingsStack>();
    std::shared_ptr<const Network> chirpstack = std::make_shared<ChirpStack>();
    sdk::Bytes full = sdk::Bytes(51, 0xaa);
};

TEST_F(DownlinksTest, go_while_there_is_air_time_and_again_when_there_is) {
    const auto downlinks = make({seconds(6), {}, {}}, things);
    for (int i = 0; i < 5; ++i) downlinks->send(answer(), full, courier);
    EXPECT_EQ(courier.letters.size(), 2U) << "a full one takes 2.8 s";
    EXPECT_EQ(metrics.commands_without_airtime.value(), 3);
    EXPECT_EQ(metrics.airtime.value(), 2 * 2793);
    EXPECT_TRUE(host.has_logged(sdk::LogLevel::Info,
                                "a command for app/dev waits for air time of the device"));
    now += minutes(66);
    downlinks->send(answer(), full, courier);
    EXPECT_EQ(courier.letters.size(), 3U);
}

TEST_F(DownlinksTest, that_wait_for_air_time_are_told_of_with_how_long) {
    const auto downlinks = make({seconds(30), seconds(3), {}}, things);
    downlinks->send(answer(), full, courier);
    EXPECT_TRUE(inbox.delays().empty());
    downlinks->send(answer(), full, courier);
    ASSERT_EQ(inbox.delays().size(), 1U);
    EXPECT_EQ(inbox.delays()[0].device.text(), "app/dev");
    EXPECT_EQ(inbox.delays()[0].delay.share, sdk::Delay::Share::Application);
    EXPECT_GT(inbox.delays()[0].delay.time, minutes(59));
    EXPECT_LE(inbox.delays()[0].delay.time, minutes(65));
}

TEST_F(DownlinksTest, that_no_hour_is_enough_for_are_told_of_as_that) {
    make({seconds(2), {}, {}}, things)->send(answer(), full, courier);
    ASSERT_EQ(inbox.delays().size(), 1U);
    EXPECT_EQ(inbox.delays()[0].delay.time, sdk::Delay::forever);
}

TEST_F(DownlinksTest, have_the_pace_of_the_scarcest_budget) {
    const lora::Window window{{12, 125'000}, 51};
    EXPECT_EQ(make({}, things)->pace(window).count(), 0);
    const auto pace = make({seconds(36), {}, seconds(3600)}, things)->pace(window);
    EXPECT_EQ(std::chrono::floor<seconds>(pace), seconds(279));
}

TEST_F(DownlinksTest, have_no_more_bytes_than_their_data_rate_carries) {
    const auto downlinks = make({}, things);
    downlinks->send(answer(), sdk::Bytes(52, 0), courier);
    EXPECT_TRUE(courier.letters.empty());
    EXPECT_EQ(metrics.commands_too_long.value(), 1);
    downlinks->send(answer(), full, courier);
    EXPECT_EQ(courier.letters.size(), 1U);
    EXPECT_EQ(courier.letters[0].target, "topic");
}

TEST_F(DownlinksTest, in_the_second_window_use_the_air_time_of_its_band) {
    lora::Allowance allowance{{}, {}, seconds(3)};
    allowance.second_network = seconds(30);
    const auto downlinks = make(allowance, things);
    auto second = answer();
    second.window.is_second = true;
    for (int i = 0; i < 5; ++i) downlinks->send(second, full, courier);
    EXPECT_EQ(courier.letters.size(), 5U);
    for (int i = 0; i < 5; ++i) downlinks->send(answer(), full, courier);
    EXPECT_EQ(courier.letters.size(), 6U) << "the first window's band has time for one";
}

TEST_F(DownlinksTest, that_wait_in_the_server_answer_the_next_uplink_and_no_other_does) {
    const auto downlinks = make({}, chirpstack);
    downlinks->send(answer(), full, courier);
    EXPECT_TRUE(downlinks->is_answered("0102030405060708"));
    auto next = answer();
    next.withheld = true;
    downlinks->send(next, full, courier);
    EXPECT_EQ(courier.letters.size(), 1U);
    EXPECT_EQ(metrics.commands_withheld.value(), 1);
    EXPECT_FALSE(downlinks->is_answered("0102030405060708"));
}

TEST_F(DownlinksTest, that_a_gateway_has_sent_wait_no_more) {
    const auto downlinks = make({}, chirpstack);
    downlinks->send(answer(), full, courier);
    downlinks->gone("0102030405060708");
    EXPECT_FALSE(downlinks->is_answered("0102030405060708"));
}

TEST_F(DownlinksTest, replace_those_that_wait_where_the_server_can) {
    const auto downlinks = make({}, things);
    downlinks->send(answer(), full, courier);
    EXPECT_FALSE(downlinks->is_answered("0102030405060708"));
}

TEST_F(DownlinksTest, end_with_their_transport) {
    const auto downlinks = make({}, things);
    downlinks->end();
    downlinks->send(answer(), full, courier);
    EXPECT_TRUE(courier.letters.empty());
}

TEST(WaitingDownlinksTest, are_remembered_of_so_many_devices_only) {
    WaitingDownlinks waiting(2);
    for (const auto* device : {"a", "b", "c"}) waiting.sent(device);
    EXPECT_TRUE(waiting.take("a"));
    EXPECT_FALSE(waiting.take("c"));
}

}  // namespace
}  // namespace ajour::lorawan
