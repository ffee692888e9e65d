// SPDX-License-Identifier: Apache-2.0
// Uplinks by The Things Stack's webhooks, and downlinks by its HTTP interface.
#include "lorawan_server.hpp"
#include "support/scripted_http_server.hpp"

#include <atomic>

namespace ajour::integration {
namespace {

using support::HttpTurn;
using support::ScriptedHttpServer;

struct Hooked {
    explicit Hooked(support::HttpHandler handler) : api(std::move(handler)) {}

    sdk::Result<void> post(const std::string& body, const std::string& secret = "hook secret") {
        sdk::HookRequest request;
        request.headers = {{"authorization", "Bearer " + secret}};
        request.body = body;
        return server.transport->hook()->try_receive(request);
    }

    ScriptedHttpServer api;
    LorawanServer server{{{"webhook.secret", "hook secret"},
                          {"webhook.id", "updates"},
                          {"api", api.url("/")},
                          {"plain", "true"},
                          {"api.timeout", "5m"},
                          {"api.key", "NNSXS.KEY"}}};
};

TEST(LorawanWebhook, is_answered_by_the_api) {
    Hooked hooked([](HttpTurn& turn) { turn.answer(200); });
    ASSERT_TRUE(hooked.post(ThingsUplink{}.text()));
    ASSERT_TRUE(hooked.server.reaches("command_posts_accepted", 1));
    const auto request = hooked.api.requests().at(0);
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target,
              "/api/v3/as/applications/water/webhooks/updates/devices/meter-7/down/replace");
    EXPECT_EQ(request.header("authorization"), "Bearer NNSXS.KEY");
    EXPECT_EQ(request.body,
              R"({"downlinks":[{"f_port":223,"frm_payload":"Y29tbWFuZA==","priority":"NORMAL"}]})");
    EXPECT_EQ(hooked.server.inbox.messages().at(0).room, 222U);
}

TEST(LorawanWebhook, counts_what_the_api_does_not_take_and_tells_no_secret) {
    Hooked hooked([](HttpTurn& turn) { turn.answer(403, "no rights for NNSXS.KEY"); });
    ASSERT_TRUE(hooked.post(ThingsUplink{}.text()));
    ASSERT_TRUE(hooked.server.reaches("command_posts_failed", 1));
    EXPECT_TRUE(hooked.server.host.logs(sdk::LogLevel::Warning, "answered 403"));
    ASSERT_TRUE(hooked.server.reaches("downlinks_dropped", 1));
    EXPECT_EQ(hooked.server.host.value("airtime_returned_milliseconds"), 51) << "it never went out";
    EXPECT_EQ(hooked.server.inbox.drops().size(), 1U);
    for (const auto& line : hooked.server.host.lines()) {
        EXPECT_EQ(line.text.find("NNSXS"), std::string::npos) << line.text;
    }
}

TEST(LorawanWebhook, is_refused_without_its_secret) {
    Hooked hooked([](HttpTurn& turn) { turn.answer(200); });
    EXPECT_EQ(hooked.post(ThingsUplink{}.text(), "other").error().kind, sdk::ErrorKind::Refused);
    EXPECT_EQ(hooked.server.host.value("hooks_refused"), 1);
    EXPECT_TRUE(hooked.server.inbox.messages().empty());
}

TEST(LorawanWebhook, is_taken_while_the_api_hangs_and_the_stop_does_not_wait) {
    Hooked hooked([](HttpTurn& turn) { turn.stall(); });
    for (int i = 0; i < 20; ++i) {
        ThingsUplink uplink;
        uplink.device = "meter-" + std::to_string(i);
        ASSERT_TRUE(hooked.post(uplink.text()));
    }
    EXPECT_EQ(hooked.server.inbox.messages().size(), 20U);
    EXPECT_TRUE(await([&] { return hooked.server.host.value("posts_queued") == 18; }));
    const auto begin = std::chrono::steady_clock::now();
    hooked.server.transport->try_stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
    EXPECT_EQ(hooked.server.host.value("posts_queued"), 0);
    EXPECT_EQ(hooked.post(ThingsUplink{}.text()).error().kind, sdk::ErrorKind::Unavailable);
}

}  // namespace
}  // namespace ajour::integration
