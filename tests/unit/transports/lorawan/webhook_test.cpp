// SPDX-License-Identifier: Apache-2.0
#include "webhook.hpp"

#include "keeping_courier.hpp"
#include "network_events.hpp"
#include "support/recording_inbox.hpp"
#include "support/test_host.hpp"
#include "support/uplink.hpp"
#include "the_things_stack.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::lorawan {
namespace {

std::string failed_of(const std::string& payload) {
    auto text = things_untransmitted;
    const std::string other = "c3RhdHVz";
    return text.replace(text.find(other), other.size(), payload);
}

constexpr ajour_setting_row no_rows[] = {sdk::end_of_settings};

class WebhookTest : public testing::Test {
protected:
    WebhookTest() {
        const auto downlinks = std::make_shared<Downlinks>(
            Downlinks::Service{std::make_shared<TheThingsStack>(),
                               {},
                               metrics,
                               host,
                               [] { return lora::AirBudget::Instant{}; },
                               inbox});
        hook.start(
            std::make_shared<Uplinks>(Uplinks::Service{uplinks, inbox, downlinks, metrics, host}),
            courier);
    }
    sdk::Result<void> post(const std::string& authorization, const std::string& body,
                           std::string_view path = "/up") {
        sdk::HookRequest request;
        request.path = path;
        request.headers = {{"authorization", authorization}};
        request.body = body;
        return hook.try_receive(request);
    }

    support::TestHost host{no_rows};
    Metrics metrics{host};
    support::RecordingInbox inbox;
    std::shared_ptr<KeepingCourier> courier = std::make_shared<KeepingCourier>();
    UplinkSettings uplinks{*NamePattern::parse("{application}"),
                           *NamePattern::parse("{device}"),
                           {223},
                           223,
                           {lora::Region::EU868, {}, 0, 242}};
    WebhookSettings settings{"secret", "ajour", "https://stack.example"};
    Webhook hook{settings, metrics};
};

TEST_F(WebhookTest, brings_an_uplink_and_its_answer_goes_to_the_api) {
    ASSERT_TRUE(post("Bearer secret", support::ThingsUplink{}.text()));
    ASSERT_EQ(inbox.messages().size(), 1U);
    ASSERT_EQ(courier->letters.size(), 1U);
    EXPECT_EQ(courier->letters[0].target,
              "https://stack.example/api/v3/as/applications/water/webhooks/ajour/devices/meter-7/"
              "down/replace");
}

TEST_F(WebhookTest, is_refused_without_the_secret) {
    for (const auto* value : {"", "secret", "Bearer ", "Bearer secre", "Bearer secret ",
                              "Bearer Secret", "Basic secret"}) {
        const auto done = post(value, support::ThingsUplink{}.text());
        ASSERT_FALSE(done) << value;
        EXPECT_EQ(done.error().kind, sdk::ErrorKind::Refused);
    }
    EXPECT_FALSE(hook.try_receive({}));
    EXPECT_EQ(metrics.hooks_refused.value(), 8);
    EXPECT_TRUE(inbox.messages().empty());
}

TEST_F(WebhookTest, tells_the_sender_that_it_is_malformed_and_takes_other_messages) {
    const auto done = post("Bearer secret", "{}");
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, sdk::ErrorKind::Malformed);
    EXPECT_TRUE(post("Bearer secret", R"({"end_device_ids":{"device_id":"d","application_ids":)"
                                      R"({"application_id":"a"}},"join_accept":{}})"));
    EXPECT_EQ(metrics.uplinks_other.value(), 1);
}

TEST_F(WebhookTest, tells_what_became_of_a_downlink) {
    ASSERT_TRUE(post("Bearer secret", support::ThingsUplink{}.text()));
    ASSERT_TRUE(post("Bearer secret", things_downlink("sent"), "/sent"));
    EXPECT_EQ(metrics.fates_other.value(), 1) << "it has other bytes";
    ASSERT_TRUE(post("Bearer secret", failed_of("Y29tbWFuZA=="), "/failed"));
    EXPECT_EQ(metrics.downlinks_untransmitted.value(), 1);
    ASSERT_EQ(inbox.drops().size(), 1U);
    EXPECT_EQ(inbox.drops()[0].device.text(), "water/meter-7");
    EXPECT_EQ(post("Bearer secret", "{}", "/failed").error().kind, sdk::ErrorKind::Malformed);
    EXPECT_EQ(post("Bearer wrong", things_failed, "/failed").error().kind, sdk::ErrorKind::Refused);
}

TEST_F(WebhookTest, takes_nothing_after_the_stop_or_without_settings) {
    hook.stop();
    EXPECT_EQ(post("Bearer secret", "{}").error().kind, sdk::ErrorKind::Unavailable);
    const WebhookSettings none;
    Webhook unused(none, metrics);
    EXPECT_EQ(unused.try_receive({}).error().kind, sdk::ErrorKind::NotFound);
}

}  // namespace
}  // namespace ajour::lorawan
