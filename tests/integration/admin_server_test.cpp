// SPDX-License-Identifier: Apache-2.0
// Health, Ajour's own routes, and what hostile clients get.
#include "integration/admin_fixture.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <stdexcept>
#include <thread>

namespace ajour::admin {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

using AdminServer = RunningAdmin;

TEST_F(AdminServer, is_healthy_while_it_is_not_ready) {
    set_readiness({{"store", true, ""}, {"registry", false, "no answer since 10:11"}});
    EXPECT_EQ(client("").request("GET", "/healthz")->status, 200);
    const auto unready = *client("").request("GET", "/readyz");
    EXPECT_EQ(unready.status, 503);
    EXPECT_THAT(unready.body, AllOf(HasSubstr("registry"), HasSubstr("no answer since 10:11")));
    set_readiness({{"store", true, ""}, {"registry", true, ""}});
    EXPECT_EQ(client("").request("GET", "/readyz")->status, 200);
}

TEST_F(AdminServer, tells_its_version_and_counts) {
    EXPECT_EQ(client("").request("GET", "/.well-known/drogue-version")->body,
              R"({"version":"1.2.3"})");
    ASSERT_EQ(ask("POST", apps_path(), R"({"metadata":{"name":"app"}})").status, 201);
    const auto status = *json::parse(ask("GET", "/api/ajour/v1/status").body);
    EXPECT_EQ(status["applications"], 1);
    EXPECT_EQ(status["devices"]["registered"], 0);
    EXPECT_EQ(status["withdrawn"], 0);
}

TEST_F(AdminServer, lists_the_updates_of_an_application_piece_by_piece) {
    EXPECT_EQ(ask("GET", "/api/ajour/v1/updates/app").body, "[]");
    set_updates([](const std::string& application) {
        return [application, left = 6]() mutable -> std::optional<Json> {
            if (left-- == 0) return std::nullopt;
            if (left % 2 == 0) return Json::array();
            return Json::array({{{"device", application + std::to_string(left)}}});
        };
    });
    EXPECT_EQ(ask("GET", "/api/ajour/v1/updates/app-").body,
              R"([{"device":"app-5"},{"device":"app-3"},{"device":"app-1"}])");
    EXPECT_EQ(client("").request("GET", "/api/ajour/v1/updates/app")->status, 403);
}

TEST_F(AdminServer, withdraws_releases_and_takes_that_back) {
    const std::string path = "/api/ajour/v1/firmware/withdrawn";
    const std::string one(64, 'a');
    const std::string two(64, 'b');
    EXPECT_EQ(ask("POST", path, R"({"sha256":"sha256:)" + one + "\"}").status, 204);
    EXPECT_EQ(ask("POST", path + "/" + two).status, 204);
    EXPECT_EQ(ask("GET", path).body, "[\"" + one + "\",\"" + two + "\"]");
    EXPECT_EQ(ask("DELETE", path + "/" + one).status, 204);
    EXPECT_EQ(ask("DELETE", path + "/" + one).status, 404);
    EXPECT_EQ(ask("POST", path, R"({"sha256":"abc"})").status, 400);
    EXPECT_EQ(ask("POST", path, "[]").status, 400);
    EXPECT_EQ(ask("POST", path + "/xyz").status, 400);
    EXPECT_EQ(withdrawn->list().size(), 1u);
}

TEST_F(AdminServer, hands_webhooks_to_their_plugin) {
    std::string got;
    set_hook([&](std::string_view plugin, const sdk::HookRequest& request) -> sdk::Result<void> {
        got = std::string(plugin) + "|" + std::string(request.path) + "|" +
              request.headers.at("x-signature") + "|" + std::string(request.body);
        return {};
    });
    const auto answer =
        curl("-X POST -H 'X-Signature: s' -d body " + url("/api/ajour/v1/hooks/oci/a/b%2Fc"));
    EXPECT_EQ(answer, "\n204");
    const std::lock_guard lock(mutex);
    EXPECT_EQ(got, "oci|/a/b/c|s|body");
}

TEST_F(AdminServer, answers_a_webhook_as_its_plugin_says) {
    const std::pair<sdk::ErrorKind, int> rows[] = {{sdk::ErrorKind::Refused, 403},
                                                   {sdk::ErrorKind::Malformed, 400},
                                                   {sdk::ErrorKind::NotFound, 404}};
    for (const auto& [kind, status] : rows) {
        set_hook([kind = kind](std::string_view, const sdk::HookRequest&) -> sdk::Result<void> {
            return sdk::Error{kind, "no"};
        });
        EXPECT_EQ(client("").request("POST", "/api/ajour/v1/hooks/oci", "x")->status, status);
    }
}

TEST_F(AdminServer, survives_a_handler_that_throws) {
    set_hook([](std::string_view, const sdk::HookRequest&) -> sdk::Result<void> {
        throw std::runtime_error("inside of the plugin");
    });
    const auto answer = *client("").request("POST", "/api/ajour/v1/hooks/x", "{}");
    EXPECT_EQ(answer.status, 500);
    EXPECT_THAT(answer.body, testing::Not(HasSubstr("inside")));
    EXPECT_THAT(logged(), HasSubstr("inside of the plugin"));
    EXPECT_EQ(client("").request("GET", "/healthz")->status, 200);
}

TEST_F(AdminServer, logs_faults_of_the_store_and_tells_only_that_there_was_one) {
    const auto broken = database->change(store::Durability::Registry, [](store::Connection& sql) {
        sql.execute("DROP TABLE firmware_status");
        return sdk::Result<void>();
    });
    ASSERT_TRUE(broken.ok());
    const auto answer = ask("GET", apps_path());
    EXPECT_EQ(answer.status, 500);
    EXPECT_THAT(answer.body, testing::Not(HasSubstr("firmware_status")));
    EXPECT_THAT(logged(), AllOf(HasSubstr("GET /api/registry/v1alpha1/apps"),
                                HasSubstr("no such table: firmware_status")));
}

TEST_F(AdminServer, breaks_off_a_list_that_fails_half_way_and_logs_why) {
    ASSERT_EQ(ask("POST", apps_path(), R"({"metadata":{"name":"app"}})").status, 201);
    std::vector<Json> bodies;
    for (int i = 100; i < 600; ++i) {
        bodies.push_back({{"metadata", {{"application", "app"}, {"name", std::to_string(i)}}}});
    }
    ASSERT_TRUE(objects->create_devices(bodies).ok());
    const auto damaged = database->change(store::Durability::Registry, [](store::Connection& sql) {
        sql.run("UPDATE objects SET spec = '{' WHERE device = '500'");
        return sdk::Result<void>();
    });
    ASSERT_TRUE(damaged.ok());
    const auto listed = client(token).request("GET", apps_path("/app/devices"));
    EXPECT_TRUE(!listed.ok() || !json::parse(listed->body).ok()) << "the list looks whole";
    EXPECT_THAT(logged(), HasSubstr("a stored object is damaged"));
    EXPECT_EQ(ask("GET", apps_path("/app/devices/100")).status, 200);
}

TEST_F(AdminServer, knows_unknown_paths_from_wrong_methods) {
    for (const auto* path : {"/", "/nothing", "/api/registry/v1alpha1/apps/", "/healthz/x",
                             "/api/registry/v1alpha1/apps/a/devices/d/e"}) {
        EXPECT_EQ(ask("GET", path).status, 404) << path;
    }
    EXPECT_EQ(ask("PATCH", apps_path("/a"), "{}").status, 405);
    EXPECT_THAT(curl("-i -X PATCH -d x " + url(apps_path("/a"))),
                HasSubstr("Allow: GET, PUT, DELETE"));
    EXPECT_EQ(ask("GET", apps_path("/%zz")).status, 400);
}

TEST_F(AdminServer, answers_a_request_without_a_body_at_once) {
    for (const auto* method : {"PATCH", "OPTIONS", "TRACE"}) {
        const RawConnection connection(server->port());
        connection.send(std::string(method) + " " + apps_path() +
                        " HTTP/1.1\r\nHost: x\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n"
                        "Connection: close\r\n\r\n");
        const auto answers = connection.receive(30s);
        EXPECT_THAT(answers, StartsWith("HTTP/1.1 405 ")) << method;
        EXPECT_THAT(answers, HasSubstr("HTTP/1.1 200 OK")) << "the next request is its own";
    }
}

TEST_F(AdminServer, takes_bodies_as_large_as_it_is_told) {
    ServerSettings settings;
    settings.max_body = 128 * 1024;
    start(settings);
    const auto body = R"({"metadata":{"name":"large"})" + std::string(100 * 1024, ' ') + "}";
    EXPECT_EQ(ask("POST", apps_path(), body).status, 201);
    EXPECT_EQ(ask("POST", apps_path(), std::string(129 * 1024, ' ')).status, 413);
}

TEST_F(AdminServer, serves_others_while_all_its_threads_could_wait_for_silent_ones) {
    ServerSettings settings;
    settings.max_threads = 2;
    settings.max_waiting = 8;
    settings.timeout = std::chrono::seconds(600);
    start(settings);
    std::vector<std::unique_ptr<RawConnection>> silent;
    for (int i = 0; i < 8; ++i) silent.push_back(std::make_unique<RawConnection>(server->port()));
    for (int i = 0; i < 20; ++i) EXPECT_EQ(ask("GET", "/healthz").status, 200);
    silent.back()->send("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(silent.back()->receive(30s), StartsWith("HTTP/1.1 200 "));
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(silent.front()->receive(30s), "");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 30s)
        << "the one that was silent for the longest was not closed";
}

TEST_F(AdminServer, tells_of_one_part_when_it_is_asked_for_one) {
    set_readiness({{"store", true, ""}, {"broker", false, "away"}});
    EXPECT_EQ(client("").request("GET", "/readyz")->status, 503);
    EXPECT_EQ(client("").request("GET", "/readyz?part=store")->status, 200);
    EXPECT_EQ(client("").request("GET", "/readyz?part=broker")->status, 503);
    EXPECT_EQ(client("").request("GET", "/readyz?part=nothing")->status, 404);
}

TEST_F(AdminServer, refuses_huge_bodies_and_closes) {
    const std::string large(65 * 1024, ' ');
    EXPECT_EQ(ask("POST", apps_path(), large).status, 413);
    EXPECT_EQ(ask("POST", "/api/ajour/v1/hooks/x", std::string((1 << 20) + 1, 'x')).status, 413);
    EXPECT_EQ(ask("POST", "/api/ajour/v1/hooks/x", std::string(1 << 20, 'x')).status, 204);
    const RawConnection announced(server->port());
    announced.send(
        "POST " + apps_path() +
        " HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\nGET /healthz HTTP/1.1\r\n"
        "Host: x\r\n\r\n");
    const auto answer = announced.receive(5s);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 413 "));
    EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos) << "the body was read as a request";
}

TEST_F(AdminServer, refuses_chunked_bodies_beyond_the_bound) {
    const RawConnection connection(server->port());
    connection.send("POST " + apps_path() +
                    " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    const auto chunk = "4000\r\n" + std::string(0x4000, ' ') + "\r\n";
    for (int i = 0; i < 5; ++i) connection.send(chunk);
    connection.send("0\r\n\r\n");
    EXPECT_THAT(connection.receive(5s), StartsWith("HTTP/1.1 413 "));
}

TEST_F(AdminServer, takes_small_chunked_bodies_and_several_requests_on_a_connection) {
    const RawConnection connection(server->port());
    const std::string request = "POST " + apps_path() +
                                " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token +
                                "\r\nTransfer-Encoding: chunked\r\n\r\n";
    connection.send(request + "5\r\n{\"met\r\n16\r\nadata\":{\"name\":\"app\"}}\r\n0\r\n\r\n");
    EXPECT_THAT(connection.receive(500ms), StartsWith("HTTP/1.1 201 "));
    connection.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(connection.receive(500ms), StartsWith("HTTP/1.1 200 "));
}

TEST_F(AdminServer, answers_malformed_requests_without_harm) {
    for (const auto& bytes :
         {std::string("\r\n\r\n"), std::string("GET\r\n\r\n"),
          std::string("\x16\x03\x01\x02\x00\x01", 6),
          std::string("GET healthz HTTP/1.1\r\nHost: x\r\n\r\n"),
          "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET /healthz HTTP/1.1\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n",
          std::string("POST /api/registry/v1alpha1/apps HTTP/1.1\r\nContent-Length: -1\r\n\r\n"),
          std::string("POST /api/registry/v1alpha1/apps HTTP/1.1\r\nContent-Length: abc\r\n\r\n"),
          std::string("POST /api/registry/v1alpha1/apps HTTP/1.1\r\nHost: x\r\n\r\n"),
          std::string("POST /api/registry/v1alpha1/apps HTTP/1.1\r\nTransfer-Encoding: "
                      "chunked\r\n\r\nzz\r\n"),
          std::string("GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n")}) {
        const RawConnection connection(server->port());
        connection.send(bytes);
        const auto answer = connection.receive(200ms);
        EXPECT_TRUE(answer.empty() || answer.starts_with("HTTP/1.1 4"))
            << bytes.substr(0, 60) << answer;
    }
    EXPECT_EQ(client("").request("GET", "/healthz")->status, 200);
}

TEST_F(AdminServer, lets_nobody_send_a_body_for_ever) {
    start({.host = "127.0.0.1", .timeout = 1s});
    const RawConnection silent(server->port());
    silent.send("POST " + apps_path() + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
    const RawConnection slow(server->port());
    slow.send("POST " + apps_path() + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n");
    const std::jthread drip([&](const std::stop_token& stop) {
        for (int i = 0; i < 50 && !stop.stop_requested(); ++i) {
            if (!slow.send("x")) return;
            std::this_thread::sleep_for(100ms);
        }
    });
    EXPECT_THAT(silent.receive(4s), StartsWith("HTTP/1.1 408 "));
    EXPECT_THAT(slow.receive(4s), StartsWith("HTTP/1.1 408 "));
}

TEST_F(AdminServer, closes_idle_connections_so_that_others_get_their_turn) {
    start({.host = "127.0.0.1", .max_threads = 2, .keep_alive = 1s, .timeout = 1s});
    std::vector<std::unique_ptr<RawConnection>> idle;
    for (int i = 0; i < 4; ++i) idle.push_back(std::make_unique<RawConnection>(server->port()));
    EXPECT_EQ(client("").request("GET", "/healthz")->status, 200);
    EXPECT_TRUE(idle.front()->is_closed_within(5s));
}

TEST_F(AdminServer, says_when_its_address_is_taken) {
    Dependencies dependencies{*objects, *tokens, *withdrawn, "", {}, {}, {}, {}, {}, {}, {}, {}};
    ServerSettings settings;
    settings.port = server->port();
    const auto second = Server::start(settings, dependencies);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().kind, sdk::ErrorKind::Unavailable);
    EXPECT_THAT(second.error().text, AllOf(HasSubstr("127.0.0.1:" + std::to_string(server->port())),
                                           HasSubstr("in use")));
    settings.host = "999.1.1.1";
    EXPECT_FALSE(Server::start(settings, dependencies).ok());
}

TEST_F(AdminServer, answers_many_clients_at_once) {
    std::atomic<int> answered = 0;
    {
        std::vector<std::jthread> clients;
        for (int i = 0; i < 16; ++i) {
            clients.emplace_back([&] {
                for (int n = 0; n < 20; ++n) answered += ask("GET", apps_path()).ok() ? 1 : 0;
            });
        }
    }
    EXPECT_EQ(answered, 320);
}

}  // namespace
}  // namespace ajour::admin
