// SPDX-License-Identifier: Apache-2.0
#include "uplinks.hpp"

#include "keeping_courier.hpp"
#include "support/recording_inbox.hpp"
#include "support/test_host.hpp"
#include "support/uplink.hpp"
#include "the_things_stack.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::lorawan {
namespace {

using support::ThingsUplink;

constexpr ajour_setting_row no_rows[] = {sdk::end_of_settings};

class UplinksTest : public testing::Test {
protected:
    UplinksTest() {
        downlinks = std::make_shared<Downlinks>(
            Downlinks::Service{std::make_shared<TheThingsStack>(),
                               {std::chrono::seconds(36), {}, {}},
                               metrics,
                               host,
                               [] { return lora::AirBudget::Instant{}; },
                               inbox});
    }
    void take(const std::string& text, UplinkSettings settings) {
        Uplinks uplinks({settings, inbox, downlinks, metrics, host});
        uplinks.take(read_things_uplink(text), courier, [](const Uplink&) { return "target"; });
    }
    void take(const ThingsUplink& uplink) { take(uplink.text(), usual()); }
    static UplinkSettings usual() {
        return {*NamePattern::parse("{application}"),
                *NamePattern::parse("{device}"),
                {223, 1},
                223,
                {lora::Region::EU868, {}, 0, 242}};
    }

    support::TestHost host{no_rows};
    Metrics metrics{host};
    support::RecordingInbox inbox;
    std::shared_ptr<KeepingCourier> courier = std::make_shared<KeepingCourier>();
    std::shared_ptr<Downlinks> downlinks;
};

TEST_F(UplinksTest, are_statuses_with_the_room_of_their_data_rate) {
    take(ThingsUplink{});
    ASSERT_EQ(inbox.messages().size(), 1U);
    const auto status = inbox.messages()[0];
    EXPECT_EQ(status.device.text(), "water/meter-7");
    EXPECT_EQ(status.sender.text(), "water/meter-7");
    EXPECT_EQ(status.kind, sdk::Credential::Kind::Trusted);
    EXPECT_EQ(status.payload, "status");
    EXPECT_EQ(status.room, 222U);
    ASSERT_EQ(courier->letters.size(), 1U);
    EXPECT_NE(courier->letters[0].body.find(R"("f_port":223,"frm_payload":"Y29tbWFuZA==")"),
              std::string::npos)
        << courier->letters[0].body;
}

TEST_F(UplinksTest, at_a_slow_data_rate_have_little_room) {
    ThingsUplink slow;
    slow.data_rate = R"("lora":{"bandwidth":125000,"spreading_factor":12})";
    take(slow);
    EXPECT_EQ(inbox.messages()[0].room, 51U);
    EXPECT_EQ(inbox.messages()[0].pace / std::chrono::seconds(1), 279) << "1 % of the time";
}

TEST_F(UplinksTest, of_other_ports_and_without_payload_are_passed_over) {
    ThingsUplink other;
    other.port = R"("f_port":2,)";
    take(other);
    ThingsUplink none;
    none.port = "";
    take(none);
    ThingsUplink empty;
    empty.payload = "";
    take(empty);
    EXPECT_TRUE(inbox.messages().empty());
    EXPECT_EQ(metrics.uplinks_other.value(), 3);
    EXPECT_EQ(metrics.uplinks_unreadable.value(), 0);
}

TEST_F(UplinksTest, may_be_answered_on_their_own_port_and_have_names_by_a_pattern) {
    auto settings = usual();
    settings.command_port = 0;
    settings.device = *NamePattern::parse("eui-{device_eui}");
    ThingsUplink first;
    first.port = R"("f_port":1,)";
    take(first.text(), settings);
    EXPECT_EQ(inbox.messages()[0].device.text(), "water/eui-70B3D57ED0001122");
    EXPECT_NE(courier->letters[0].body.find(R"("f_port":1,)"), std::string::npos);
}

TEST_F(UplinksTest, that_cannot_be_read_are_counted_with_their_reason) {
    take("garbage", usual());
    auto settings = usual();
    settings.application = *NamePattern::parse("{tenant}");
    take(ThingsUplink{}.text(), settings);
    EXPECT_EQ(metrics.uplinks_unreadable.value(), 2);
    EXPECT_TRUE(host.has_logged(sdk::LogLevel::Warning, "passed over an uplink: it is no JSON"));
    EXPECT_TRUE(host.has_logged(sdk::LogLevel::Warning, "it lacks a part of its name"));
    EXPECT_TRUE(inbox.messages().empty());
}

TEST_F(UplinksTest, are_answered_once_by_a_reply_that_may_outlive_them) {
    std::unique_ptr<sdk::Reply> later;
    inbox.answer_with([&](const sdk::Message&, sdk::Reply& reply) {
        later = reply.later();
        reply.send(sdk::bytes_of("not this"));
    });
    take(ThingsUplink{});
    EXPECT_TRUE(courier->letters.empty());
    ASSERT_TRUE(later);
    later->send(sdk::bytes_of("command"));
    later->send(sdk::bytes_of("again"));
    EXPECT_EQ(courier->letters.size(), 1U);
}

}  // namespace
}  // namespace ajour::lorawan
