// SPDX-License-Identifier: Apache-2.0
#include "statuses.hpp"

#include "support/cloud_event.hpp"
#include "support/recording_inbox.hpp"
#include "support/test_host.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ajour::drogue {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using support::EventText;

constexpr ajour_setting_row no_rows[] = {sdk::end_of_settings};

/// Counts what gets as far as a link, now or later.
class CountingReply final : public sdk::Reply {
public:
    explicit CountingReply(int& commands) : commands_(commands) {}

    void send(sdk::ByteView) noexcept override { ++commands_; }
    void refuse(sdk::ErrorKind) noexcept override {}
    std::unique_ptr<sdk::Reply> later() noexcept override {
        return std::make_unique<CountingReply>(commands_);
    }

private:
    int& commands_;
};

/// Keeps what it is given.
class KeepingDelivery final : public Delivery {
public:
    struct Kept {
        sdk::DeviceId device;
        sdk::DeviceId sender;
        std::string payload;
        std::string command;
        std::uint32_t room;
        std::chrono::milliseconds pace;
    };

    bool reaches(const Address& address) override {
        return address.device.find('/') == std::string_view::npos;
    }
    void submit(sdk::Message& status, const Address& address, sdk::Inbox& inbox) override {
        kept = {sdk::DeviceId(status.device),
                sdk::DeviceId(status.sender),
                std::string(sdk::text_of(status.payload)),
                std::string(address.command),
                status.room,
                status.pace};
        CountingReply reply(commands);
        inbox.submit(status, reply);
    }

    std::optional<Kept> kept;
    int commands = 0;
};

class StatusesTest : public testing::Test {
protected:
    void take(const std::string& text, const std::string& application = "app") {
        delivery.kept.reset();
        mqtt_client::Incoming message;
        message.payload = sdk::bytes_of(text);
        statuses.take(application, message);
    }
    static EventText uplink(const std::string& port, const std::string& data) {
        EventText event;
        event.sender = "ttn-gateway";
        event.subject = port;
        event.data = data;
        return event;
    }

    support::TestHost host{no_rows};
    Metrics metrics{host};
    KeepingDelivery delivery;
    support::RecordingInbox inbox{support::RecordingInbox::command(std::string(51, 'c'))};
    lora::AirBudget::Instant now{std::chrono::hours(1000)};
    Statuses::Rules rules{
        {{"dfu"}, "ttn-gateway", {"223", "1"}, "223"}, {minutes(5), minutes(1)}, 16384, {}};
    std::shared_ptr<lora::Airtime> airtime = std::make_shared<lora::Airtime>(lora::Airtime::Service{
        lora::Allowance{seconds(6), seconds(9), {}}, metrics, host, [this] { return now; }, inbox});
    Statuses statuses{Statuses::Service{rules, metrics, host, delivery, inbox, airtime}};
};

TEST_F(StatusesTest, are_events_of_the_channel) {
    take(EventText::of("dev", "status").text());
    ASSERT_TRUE(delivery.kept);
    EXPECT_EQ(delivery.kept->device.text(), "app/dev");
    EXPECT_EQ(delivery.kept->sender.text(), "app/dev");
    EXPECT_EQ(delivery.kept->payload, "status");
    EXPECT_EQ(delivery.kept->command, "dfu");
    EXPECT_EQ(delivery.kept->room, 0U);
    EXPECT_EQ(metrics.events.value(), 1);
}

TEST_F(StatusesTest, may_come_through_a_gateway) {
    auto event = EventText::of("dev", "status");
    event.sender = "gateway";
    take(event.text());
    EXPECT_EQ(delivery.kept->sender.text(), "app/gateway");
}

TEST_F(StatusesTest, of_lorawan_are_in_a_webhooks_message_or_as_they_are) {
    for (const auto* port : {"223", "1"}) {
        take(uplink(port, R"("data":{"uplink_message":{"frm_payload":"AQI="}})").text());
        ASSERT_TRUE(delivery.kept);
        EXPECT_EQ(delivery.kept->device.text(), "app/dev");
        EXPECT_EQ(delivery.kept->sender.text(), "app/ttn-gateway");
        EXPECT_EQ(delivery.kept->payload, "\x01\x02");
        EXPECT_EQ(delivery.kept->command, "port:223");
        EXPECT_EQ(delivery.kept->room, 51U);
    }
    take(uplink("223", R"("data_base64":"AQI=")").text());
    EXPECT_EQ(delivery.kept->payload, "\x01\x02");
    EXPECT_EQ(delivery.kept->room, 51U) << "its data rate is not known";
    take(uplink("2", R"("data_base64":"AQI=")").text());
    EXPECT_FALSE(delivery.kept);
    EXPECT_EQ(metrics.events_other.value(), 1);
}

TEST_F(StatusesTest, of_lorawan_have_the_room_of_their_data_rate) {
    const std::pair<const char*, std::uint32_t> table[] = {
        {R"("lora":{"spreading_factor":12,"bandwidth":125000})", 51},
        {R"("lora":{"spreading_factor":9,"bandwidth":125000})", 115},
        {R"("lora":{"spreading_factor":7,"bandwidth":125000})", 222},
        {R"("lora":{"spreading_factor":7})", 51},
        {R"("lora":{"spreading_factor":4294967303,"bandwidth":125000})", 51},
        {R"("fsk":{"bit_rate":50000})", 222},
        {R"("fsk":{"bit_rate":50001})", 51},
        {R"("lrfhss":{"modulation_type":0})", 51},
    };
    for (const auto& [rate, room] : table) {
        take(uplink("223", R"("data":{"uplink_message":{"frm_payload":"AQI=","settings":)"
                           R"({"data_rate":{)" +
                               std::string(rate) + "}}}}")
                 .text());
        ASSERT_TRUE(delivery.kept);
        EXPECT_EQ(delivery.kept->room, room) << rate;
    }
}

TEST_F(StatusesTest, of_lorawan_are_answered_while_there_is_air_time) {
    const auto status = uplink("223", R"("data_base64":"AQI=")").text();
    for (int i = 0; i < 5; ++i) take(status);
    EXPECT_EQ(delivery.commands, 2) << "one at SF12 takes 2.8 s of the device's 6 s";
    EXPECT_EQ(metrics.commands_without_airtime.value(), 3);
    EXPECT_EQ(metrics.airtime.value(), 2 * 2793);
    EXPECT_EQ(metrics.airtime_devices.value(), 1);
    EXPECT_TRUE(host.has_logged(sdk::LogLevel::Info,
                                "a command for app/dev waits for air time of the device"));
    ASSERT_EQ(inbox.delays().size(), 3U);
    EXPECT_EQ(inbox.delays()[0].device.text(), "app/dev");
    EXPECT_EQ(inbox.delays()[0].delay.share, sdk::Delay::Share::Device);
    now += minutes(66);
    take(status);
    EXPECT_EQ(delivery.commands, 3);
}

TEST_F(StatusesTest, of_lorawan_share_the_air_time_of_their_application) {
    auto event = uplink("223", R"("data_base64":"AQI=")");
    for (const auto* device : {"a", "b", "c", "d"}) {
        event.device = device;
        take(event.text());
    }
    EXPECT_EQ(delivery.commands, 3) << "of 9 s";
    ASSERT_EQ(inbox.delays().size(), 1U);
    EXPECT_EQ(inbox.delays()[0].delay.share, sdk::Delay::Share::Application);
}

TEST_F(StatusesTest, of_lorawan_that_are_answered_later_use_air_time_then) {
    std::vector<std::unique_ptr<sdk::Reply>> replies;
    inbox.answer_with(
        [&](const sdk::Message&, sdk::Reply& reply) { replies.push_back(reply.later()); });
    for (int i = 0; i < 3; ++i) take(uplink("223", R"("data_base64":"AQI=")").text());
    EXPECT_EQ(metrics.airtime.value(), 0);
    for (const auto& reply : replies) reply->send(sdk::Bytes(51, 0));
    EXPECT_EQ(delivery.commands, 2);
    airtime->end();
    now += minutes(66);
    take(uplink("223", R"("data_base64":"AQI=")").text());
    replies.back()->send(sdk::Bytes(51, 0));
    EXPECT_EQ(delivery.commands, 2) << "the transport has stopped";
}

TEST_F(StatusesTest, of_lorawan_have_the_pace_of_the_budget) {
    take(uplink("223", R"("data_base64":"AQI=")").text());
    EXPECT_EQ(std::chrono::floor<seconds>(delivery.kept->pace), seconds(1676));
    take(EventText::of("dev", "status").text());
    EXPECT_EQ(delivery.kept->pace.count(), 0);
}

TEST_F(StatusesTest, not_of_lorawan_need_no_air_time) {
    for (int i = 0; i < 5; ++i) take(EventText::of("dev", "status").text());
    EXPECT_EQ(delivery.commands, 5);
    EXPECT_EQ(metrics.airtime.value(), 0);
}

TEST_F(StatusesTest, are_not_too_old) {
    auto event = EventText::of("dev", "status");
    event.time = support::timestamp(minutes(4));
    take(event.text());
    EXPECT_TRUE(delivery.kept);
    for (const auto ago : {seconds(400), seconds(-120)}) {
        event.time = support::timestamp(ago);
        take(event.text());
        EXPECT_FALSE(delivery.kept);
    }
    EXPECT_EQ(metrics.events_stale.value(), 2);
}

TEST_F(StatusesTest, of_a_device_whose_name_no_topic_can_hold_are_shown) {
    take(EventText::of("a/b", "status").text());
    EXPECT_FALSE(delivery.kept);
    EXPECT_EQ(metrics.events_unaddressable.value(), 1);
    EXPECT_TRUE(host.has_logged(sdk::LogLevel::Warning, "which no command by MQTT can be sent to"));
}

TEST_F(StatusesTest, are_no_events_of_another_channel) {
    auto event = EventText::of("dev", "status");
    event.subject = "temperature";
    take(event.text());
    EXPECT_FALSE(delivery.kept);
    EXPECT_EQ(metrics.events_other.value(), 1);
    EXPECT_EQ(metrics.events_unreadable.value(), 0);
}

TEST_F(StatusesTest, are_not_made_of_poison_and_it_is_counted_with_its_reason) {
    auto bad_time = EventText::of("dev", "status");
    bad_time.time = "yesterday";
    auto empty = EventText::of("dev", "");
    auto number = EventText::of("dev", "");
    number.data = R"("data":7)";
    const std::pair<std::string, std::string> table[] = {
        {"garbage", "it is no JSON"},
        {"{\"subject\":\"dfu\"}", "its specversion is not 1.0"},
        {bad_time.text(), "its time is none of RFC 3339"},
        {empty.text(), "it has no data"},
        {number.text(), "its data is no text or object"},
        {EventText::of("dev", std::string(16384, 'x')).text(), "it is over its bound"},
        {uplink("223", R"("data":{"join_accept":{}})").text(),
         "it has no uplink_message.frm_payload"},
        {uplink("223", R"("data":{"uplink_message":{"frm_payload":"?"}})").text(),
         "its frm_payload is no base64"},
    };
    std::int64_t count = 0;
    for (const auto& [text, reason] : table) {
        take(text);
        EXPECT_FALSE(delivery.kept) << reason;
        EXPECT_EQ(metrics.events_unreadable.value(), ++count) << reason;
        EXPECT_TRUE(
            host.has_logged(sdk::LogLevel::Warning, "passed over an event of app: " + reason))
            << reason << ", but " << host.lines().back().text;
    }
    take(EventText::of("dev", "status").text(), "other");
    EXPECT_TRUE(host.has_logged(sdk::LogLevel::Warning, "it is of another application"));
    take(EventText::of("dev", "status").text());
    EXPECT_TRUE(delivery.kept);
}

}  // namespace
}  // namespace ajour::drogue
