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
        return {{"app", "dev"}, "0102030405060708", "address", "topic", 223, {{12, 125'000}, 51},
                false};
    }
    static Fate fate(Fate::Kind kind, sdk::Drop drop = sdk::Drop::Other) {
        return {kind, drop, "address", 223, 51, {}, "words"};
    }
    static Fate too_long(std::uint32_t room) {
        auto made = fate(Fate::Kind::Dropped, sdk::Drop::TooLong);
        made.room = room;
        return made;
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
    EXPECT_TRUE(downlinks->is_answered("address"));
    auto next = answer();
    next.withheld = true;
    downlinks->send(next, full, courier);
    EXPECT_EQ(courier.letters.size(), 1U);
    EXPECT_EQ(metrics.commands_withheld.value(), 1);
    EXPECT_FALSE(downlinks->is_answered("address"));
}

TEST_F(DownlinksTest, that_a_gateway_has_sent_wait_no_more) {
    const auto downlinks = make({}, chirpstack);
    downlinks->send(answer(), full, courier);
    downlinks->settle(fate(Fate::Kind::Sent));
    EXPECT_EQ(metrics.downlinks_sent.value(), 1);
    EXPECT_FALSE(downlinks->is_answered("address"));
}

TEST_F(DownlinksTest, replace_those_that_wait_where_the_server_can) {
    const auto downlinks = make({}, things);
    downlinks->send(answer(), full, courier);
    EXPECT_FALSE(downlinks->is_answered("address"));
}

TEST_F(DownlinksTest, end_with_their_transport) {
    const auto downlinks = make({}, things);
    downlinks->end();
    downlinks->send(answer(), full, courier);
    EXPECT_TRUE(courier.letters.empty());
}

TEST_F(DownlinksTest, that_were_dropped_give_their_air_time_back) {
    const auto downlinks = make({seconds(3), {}, {}}, things);
    for (const auto drop : {sdk::Drop::TooLong, sdk::Drop::Gateway, sdk::Drop::Other}) {
        downlinks->send(answer(), full, courier);
        downlinks->settle(fate(Fate::Kind::Dropped, drop));
    }
    downlinks->send(answer(), full, courier);
    EXPECT_EQ(courier.letters.size(), 4U) << "each takes 2.8 s of the 3 s";
    EXPECT_EQ(metrics.airtime_returned.value(), 3 * 2793);
    EXPECT_EQ(metrics.downlinks_too_long.value(), 1);
    EXPECT_EQ(metrics.downlinks_untransmitted.value(), 1);
    EXPECT_EQ(metrics.downlinks_dropped.value(), 1);
    EXPECT_TRUE(host.has_logged(sdk::LogLevel::Warning,
                                "did not send a command of 51 bytes for app/dev: words"));
    ASSERT_EQ(inbox.drops().size(), 3U);
    EXPECT_EQ(inbox.drops()[0].device.text(), "app/dev");
    EXPECT_EQ(inbox.drops()[0].drop, sdk::Drop::TooLong);
}

TEST_F(DownlinksTest, have_one_fate_and_those_of_others_are_not_theirs) {
    const auto downlinks = make({seconds(3), {}, {}}, things);
    downlinks->send(answer(), full, courier);
    auto others = fate(Fate::Kind::Dropped);
    others.port = 5;
    downlinks->settle(others);
    others = fate(Fate::Kind::Dropped);
    others.bytes = 50;
    downlinks->settle(others);
    others = fate(Fate::Kind::Dropped);
    others.address = "another";
    downlinks->settle(others);
    downlinks->settle(fate(Fate::Kind::Other));
    downlinks->settle(fate(Fate::Kind::Sent));
    downlinks->settle(fate(Fate::Kind::Dropped));
    EXPECT_EQ(metrics.fates_other.value(), 5);
    EXPECT_EQ(metrics.airtime_returned.value(), 0);
    EXPECT_TRUE(inbox.drops().empty());
}

TEST_F(DownlinksTest, that_are_postponed_wait_for_an_uplink_and_keep_their_air_time) {
    const auto downlinks = make({}, chirpstack);
    downlinks->send(answer(), full, courier);
    EXPECT_TRUE(downlinks->is_answered("address"));
    downlinks->settle(fate(Fate::Kind::Postponed, sdk::Drop::Gateway));
    EXPECT_TRUE(downlinks->is_answered("address")) << "it is in the queue still";
    EXPECT_EQ(metrics.downlinks_postponed.value(), 1);
    EXPECT_EQ(metrics.airtime_returned.value(), 0);
    ASSERT_EQ(inbox.drops().size(), 1U);
    EXPECT_EQ(inbox.drops()[0].drop, sdk::Drop::Gateway);
}

TEST_F(DownlinksTest, that_the_queue_dropped_answer_no_uplink) {
    const auto downlinks = make({}, chirpstack);
    downlinks->send(answer(), full, courier);
    downlinks->settle(too_long(40));
    EXPECT_FALSE(downlinks->is_answered("address"));
}

TEST_F(DownlinksTest, that_are_too_long_twice_are_shorter_from_then_on) {
    const auto downlinks = make({}, things);
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(downlinks->room("address", answer().window), 51U);
        downlinks->send(answer(), full, courier);
        downlinks->settle(too_long(40));
    }
    EXPECT_EQ(downlinks->room("address", answer().window), 40U);
    EXPECT_TRUE(host.has_logged(sdk::LogLevel::Warning,
                                "40 bytes would fit, and the next ones have no more"));
}

TEST_F(DownlinksTest, of_which_nobody_can_read_what_became_are_counted) {
    const auto downlinks = make({}, things);
    downlinks->settle(sdk::Error{sdk::ErrorKind::Malformed, "it is no JSON"});
    EXPECT_EQ(metrics.fates_unreadable.value(), 1);
    EXPECT_TRUE(host.has_logged(sdk::LogLevel::Warning,
                                "passed over what became of a downlink: it is no JSON"));
}

TEST(OpenDownlinksTest, are_remembered_of_so_many_devices_only) {
    OpenDownlinks open(2);
    for (const auto* device : {"a", "b", "c"}) open.sent(device, {});
    EXPECT_TRUE(open.take("c"));
    EXPECT_FALSE(open.take("c"));
    EXPECT_NE(open.take("a"), open.take("b")) << "another one is forgotten";
}

}  // namespace
}  // namespace ajour::lorawan
