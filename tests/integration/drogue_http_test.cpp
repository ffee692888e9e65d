// SPDX-License-Identifier: Apache-2.0
// What the Drogue transport asks by HTTP: applications, tokens, and commands by setting.
#include "drogue_server.hpp"
#include "support/scripted_http_server.hpp"

#include <algorithm>
#include <atomic>

namespace ajour::integration {
namespace {

using support::HttpTurn;
using support::ScriptedHttpServer;

using DrogueHttp = DrogueTest;

std::string apps(const std::string& names) {
    std::string list;
    for (const char name : names) {
        list += std::string(list.empty() ? "" : ",") + R"({"metadata":{"name":")" + name + "\"}}";
    }
    return "[" + list + "]";
}

TEST_F(DrogueHttp, lists_the_applications_and_follows_the_list) {
    std::atomic<const char*> names{"ab"};
    ScriptedHttpServer api([&](HttpTurn& turn) {
        EXPECT_EQ(turn.request.path(), "/api/registry/v1alpha1/apps");
        EXPECT_EQ(turn.request.target, "/api/registry/v1alpha1/apps?limit=100");
        EXPECT_EQ(turn.request.header("authorization"), "Basic bWU6c2VjcmV0");
        turn.answer(200, apps(names.load()));
    });
    Broker broker;
    DrogueServer server({{"server", broker.url()},
                         {"api", api.url("/")},
                         {"user", "me"},
                         {"token", "secret"},
                         {"applications.excluded", "b"},
                         {"applications.refresh", "1ms"}});
    ASSERT_TRUE(server.is_connected());
    const Cloud cloud{broker};
    EXPECT_EQ(server.host.value("applications"), 0);
    EXPECT_TRUE(await([&] {
        return server.host.trouble() == "the applications are not listed yet";
    })) << server.host.trouble();
    ASSERT_TRUE(server.tend().ok());
    ASSERT_TRUE(server.reaches("applications", 1));
    EXPECT_TRUE(await([&] { return server.host.trouble().empty(); })) << server.host.trouble();
    auto event = EventText::of("dev", "status");
    event.application = "a";
    EXPECT_TRUE(cloud.gets_command(event));
    names = "bc";
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    ASSERT_TRUE(server.tend().ok());
    event.application = "c";
    EXPECT_TRUE(cloud.gets_command(event));
    const auto events = server.host.value("events");
    for (const auto* name : {"a", "b"}) {
        event.application = name;
        cloud.publish(event.text(), name);
    }
    event.application = "c";
    EXPECT_EQ(cloud.ask(event), "command");
    EXPECT_EQ(server.host.value("events"), events + 1) << "it hears of a or b";
    EXPECT_EQ(server.host.value("connects"), 1);
}

/// A registry of 300 applications of 20 kB, which lists them as Drogue Cloud's does.
void list_large_applications(HttpTurn& turn) {
    const auto query = [&](const std::string& name) -> std::size_t {
        const auto& target = turn.request.target;
        const auto at = target.find(name + "=");
        return at == std::string::npos ? 0 : std::stoul(target.substr(at + name.size() + 1));
    };
    const auto begin = query("offset");
    const auto limit = query("limit") == 0 ? 300 : query("limit");
    std::string list;
    for (auto number = begin; number < std::min<std::size_t>(begin + limit, 300); ++number) {
        list += std::string(list.empty() ? "" : ",") + R"({"metadata":{"name":"app-)" +
                std::to_string(number) + R"("},"spec":{"filler":")" + std::string(20'000, 'x') +
                "\"}}";
    }
    turn.answer(200, "[" + list + "]");
}

TEST_F(DrogueHttp, lists_more_than_one_answer_can_hold) {
    ScriptedHttpServer api(list_large_applications);
    Broker broker;
    DrogueServer server({{"server", broker.url()},
                         {"api", api.origin()},
                         {"applications.max", "299"},
                         {"applications.excluded", "app-7"}});
    const auto done = server.tend();
    ASSERT_TRUE(done.ok()) << done.error().text;
    EXPECT_TRUE(server.reaches("applications", 299));
    EXPECT_FALSE(server.host.has_logged(sdk::LogLevel::Warning, "applications.max"));
}

TEST_F(DrogueHttp, says_when_there_are_more_applications_than_are_served) {
    ScriptedHttpServer api(list_large_applications);
    Broker broker;
    DrogueServer server(
        {{"server", broker.url()}, {"api", api.origin()}, {"applications.max", "150"}});
    ASSERT_TRUE(server.tend().ok());
    EXPECT_TRUE(server.reaches("applications", 150));
    EXPECT_TRUE(server.host.has_logged(sdk::LogLevel::Warning,
                                       "there are more than 150 applications, of which the first "
                                       "150 are served (applications.max)"));
}

TEST_F(DrogueHttp, says_where_in_the_list_an_answer_is_too_large) {
    ScriptedHttpServer api(list_large_applications);
    Broker broker;
    DrogueServer server(
        {{"server", broker.url()}, {"api", api.origin()}, {"api.answer.max", "64KiB"}});
    const auto done = server.tend();
    ASSERT_FALSE(done.ok());
    EXPECT_NE(done.error().text.find("listing the applications from number 1 on"),
              std::string::npos)
        << done.error().text;
    EXPECT_NE(done.error().text.find("65536 bytes"), std::string::npos) << done.error().text;
}

TEST_F(DrogueHttp, is_in_trouble_until_the_cloud_said_where_it_is_and_its_broker_let_it_in) {
    std::atomic<int> status{500};
    Broker broker;
    const auto port = broker.url().substr(broker.url().rfind(':') + 1);
    ScriptedHttpServer api([&](HttpTurn& turn) {
        turn.answer(status.load(),
                    R"({"mqtt_integration":{"host":"127.0.0.1","port":)" + port + "}}");
    });
    DrogueServer server({{"api", api.origin()}, {"applications", "a"}});
    EXPECT_EQ(server.host.trouble(), "the cloud has not said yet where its integration is");
    EXPECT_FALSE(server.tend().ok());
    EXPECT_NE(server.host.trouble().find("answered 500"), std::string::npos)
        << server.host.trouble();
    status = 200;
    ASSERT_TRUE(server.tend().ok());
    ASSERT_TRUE(server.is_connected());
    EXPECT_TRUE(await([&] { return server.host.trouble().empty(); })) << server.host.trouble();
}

TEST_F(DrogueHttp, keeps_the_applications_while_there_is_no_list) {
    std::atomic<int> status{200};
    ScriptedHttpServer api([&](HttpTurn& turn) { turn.answer(status.load(), apps("a")); });
    Broker broker;
    DrogueServer server(
        {{"server", broker.url()}, {"api", api.origin()}, {"applications.refresh", "1ms"}});
    ASSERT_TRUE(server.tend().ok());
    for (const int each : {403, 500}) {
        status = each;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        const auto done = server.tend();
        ASSERT_FALSE(done.ok());
        EXPECT_NE(done.error().text.find("answered " + std::to_string(each)), std::string::npos)
            << done.error().text;
        EXPECT_GE(server.transport->periodic()->try_interval().count(), 500);
    }
    EXPECT_EQ(server.host.value("application_list_failures"), 2);
    auto event = EventText::of("dev", "status");
    event.application = "a";
    EXPECT_TRUE(Cloud{broker}.gets_command(event));
}

TEST_F(DrogueHttp, gets_tokens_of_the_openid_provider_for_the_broker_and_the_api) {
    std::atomic<int> given{0};
    ScriptedHttpServer api([&](HttpTurn& turn) {
        if (turn.request.path() == "/token") {
            EXPECT_EQ(turn.request.body, "grant_type=client_credentials");
            EXPECT_EQ(turn.request.header("authorization"), "Basic YWpvdXI6cCUzQXc=");
            ++given;
            return turn.answer(200, R"({"access_token":"jwt","expires_in":1})");
        }
        EXPECT_EQ(turn.request.header("authorization"), "Bearer jwt");
        turn.answer(200, apps("a"));
    });
    // By MQTT 3.1.1 the token is the user's name, which the broker logs.
    Broker broker;
    DrogueServer server({{"server", broker.url()},
                         {"version", "3.1.1"},
                         {"api", api.origin()},
                         {"oidc.url", api.url("/token")},
                         {"oidc.client", "ajour"},
                         {"oidc.secret", "p:w"}});
    EXPECT_TRUE(server.reaches("connect_failures", 1));
    EXPECT_TRUE(server.host.logs(sdk::LogLevel::Warning, "there is no access token yet"));
    ASSERT_TRUE(server.tend().ok());
    EXPECT_TRUE(server.is_connected());
    EXPECT_LE(server.transport->periodic()->try_interval().count(), 800);
    EXPECT_TRUE(await([&] { return server.tend().ok() && given >= 2; }))
        << "the next one is got before the first ends";
    EXPECT_NE(broker.log().find("u'jwt'"), std::string::npos) << broker.log();
    EXPECT_FALSE(server.host.has_logged(sdk::LogLevel::Debug, "jwt"));
}

struct Posting {
    explicit Posting(support::HttpHandler handler) : api(std::move(handler)) {}

    ScriptedHttpServer api;
    Broker broker;
    DrogueServer server{{{"server", broker.url()},
                         {"applications", "app"},
                         {"api", api.origin()},
                         {"user", "me"},
                         {"token", "secret"},
                         {"api.timeout", "5m"},
                         {"commands", "http"}}};
};

TEST_F(DrogueHttp, posts_commands_when_that_is_set) {
    Posting posting([](HttpTurn& turn) { turn.answer(202); });
    ASSERT_TRUE(posting.server.is_connected());
    Cloud{posting.broker}.publish(EventText::of("a/b", "status").text());
    ASSERT_TRUE(posting.server.reaches("command_posts_accepted", 1));
    const auto request = posting.api.requests().at(0);
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/api/command/v1alpha1/apps/app/devices/a%2Fb?command=dfu");
    EXPECT_EQ(request.body, "command");
    EXPECT_EQ(request.header("authorization"), "Basic bWU6c2VjcmV0");
    EXPECT_EQ(posting.server.host.value("commands"), 1);
}

TEST_F(DrogueHttp, counts_what_became_of_each_command) {
    const std::pair<int, const char*> table[] = {{200, "command_posts_accepted"},
                                                 {406, "command_posts_rejected"},
                                                 {403, "command_posts_denied"},
                                                 {404, "command_posts_denied"},
                                                 {500, "command_posts_failed"}};
    std::atomic<int> status{0};
    Posting posting([&](HttpTurn& turn) { turn.answer(status.load()); });
    ASSERT_TRUE(posting.server.is_connected());
    for (const auto& [each, metric] : table) {
        status = each;
        const auto before = posting.server.host.value(metric);
        Cloud{posting.broker}.publish(EventText::of("dev", "status").text());
        EXPECT_TRUE(posting.server.reaches(metric, before + 1)) << each;
    }
    EXPECT_TRUE(posting.server.host.logs(sdk::LogLevel::Warning,
                                         "the cloud answered 406 to a command for app/dev"));
}

TEST_F(DrogueHttp, posts_a_command_once_more_when_the_cloud_is_busy) {
    std::atomic<int> requests{0};
    Posting posting([&](HttpTurn& turn) { turn.answer(++requests == 2 ? 202 : 503); });
    ASSERT_TRUE(posting.server.is_connected());
    Cloud{posting.broker}.publish(EventText::of("dev", "status").text());
    EXPECT_TRUE(posting.server.reaches("command_posts_accepted", 1));
    EXPECT_EQ(posting.server.host.value("command_posts_repeated"), 1);
    Cloud{posting.broker}.publish(EventText::of("dev", "status").text());
    EXPECT_TRUE(posting.server.reaches("command_posts_busy", 1));
    EXPECT_EQ(requests, 4);
}

TEST_F(DrogueHttp, reads_on_while_the_api_hangs_and_stops_at_once) {
    Posting posting([](HttpTurn& turn) { turn.stall(); });
    ASSERT_TRUE(posting.server.is_connected());
    for (int i = 0; i < 20; ++i) {
        Cloud{posting.broker}.publish(EventText::of("dev-" + std::to_string(i), "s").text());
    }
    EXPECT_TRUE(posting.server.reaches("events", 20));
    EXPECT_TRUE(posting.server.reaches("commands_queued", 16));
    const auto begin = std::chrono::steady_clock::now();
    posting.server.transport->try_stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
    EXPECT_EQ(posting.server.host.value("commands_queued"), 0);
}

}  // namespace
}  // namespace ajour::integration
