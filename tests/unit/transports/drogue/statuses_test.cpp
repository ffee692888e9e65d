// SPDX-License-Identifier: Apache-2.0
#include "statuses.hpp"

#include "support/cloud_event.hpp"
#include "support/test_host.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace ajour::drogue {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using support::EventText;

constexpr ajour_setting_row no_rows[] = {sdk::end_of_settings};

/// Keeps what it is given.
class KeepingDelivery final : public Delivery {
public:
    struct Kept {
        sdk::DeviceId device;
        sdk::DeviceId sender;
        std::string payload;
        std::string command;
        std::uint32_t room;
    };

    bool reaches(const Address& address) override {
        return address.device.find('/') == std::string_view::npos;
    }
    void submit(sdk::Message& status, const Address& address) override {
        kept = {sdk::DeviceId(status.device), sdk::DeviceId(status.sender),
                std::string(sdk::text_of(status.payload)), std::string(address.command),
                status.room};
    }

    std::optional<Kept> kept;
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
    Statuses::Rules rules{
        {{"dfu"}, "ttn-gateway", {"223", "1"}, "223"}, {minutes(5), minutes(1)}, 16384, 51};
    Statuses statuses{rules, metrics, host, delivery};
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
    take(uplink("2", R"("data_base64":"AQI=")").text());
    EXPECT_FALSE(delivery.kept);
    EXPECT_EQ(metrics.events_other.value(), 1);
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
