// SPDX-License-Identifier: Apache-2.0
// Who gets in, and that no secret gets out.
#include "admin/routes.hpp"
#include "integration/admin_fixture.hpp"

#include <gmock/gmock.h>

namespace ajour::admin {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Access : RunningAdmin {
    std::string raw(const std::string& head) {
        const RawConnection connection(server->port());
        connection.send(head + "\r\nHost: x\r\nConnection: close\r\n\r\n");
        return connection.receive(std::chrono::seconds(5));
    }
    std::string list_apps_with(const std::string& authorization) {
        return raw("GET " + apps_path() + " HTTP/1.1\r\nAuthorization: " + authorization);
    }
    static std::string base64(const std::string& text) {
        FILE* pipe = ::popen(("printf %s '" + text + "' | base64 -w0").c_str(), "r");
        char buffer[512];
        const auto size = ::fread(buffer, 1, sizeof buffer, pipe);
        ::pclose(pipe);
        return {buffer, size};
    }
};

TEST_F(Access, is_given_for_a_bearer_or_a_basic_password_of_any_user) {
    EXPECT_THAT(list_apps_with("Bearer " + token), HasSubstr(" 200 "));
    EXPECT_THAT(list_apps_with("bearer " + token), HasSubstr(" 200 "));
    EXPECT_THAT(list_apps_with("Basic " + base64("anyone:" + token)), HasSubstr(" 200 "));
    EXPECT_THAT(list_apps_with("Basic " + base64(":" + token)), HasSubstr(" 200 "));
}

TEST_F(Access, is_refused_with_403_and_never_401) {
    const std::string refused = R"({"error":"Forbidden","message":"Forbidden"})";
    for (const auto& authorization :
         {std::string(), std::string("Bearer"), std::string("Bearer "),
          std::string("Bearer x") + token, "Bearer " + token + "x", "Basic " + token,
          "Basic " + base64(token), "Basic " + base64(token + ":x"), "Digest " + token, token,
          std::string("Basic !!!!"), "Bearer " + std::string(4000, 'a')}) {
        const auto answer = list_apps_with(authorization);
        EXPECT_THAT(answer, HasSubstr("HTTP/1.1 403 ")) << authorization;
        EXPECT_THAT(answer, HasSubstr(refused)) << authorization;
        EXPECT_THAT(answer, Not(HasSubstr(token))) << authorization;
    }
    EXPECT_THAT(raw("GET " + apps_path() + " HTTP/1.1"), HasSubstr(refused));
}

TEST_F(Access, needs_a_token_for_everything_that_shows_or_changes_the_fleet) {
    const std::pair<const char*, const char*> rows[] = {
        {"GET", "/api/registry/v1alpha1/apps"},
        {"POST", "/api/registry/v1alpha1/apps"},
        {"PUT", "/api/registry/v1alpha1/apps/a"},
        {"DELETE", "/api/registry/v1alpha1/apps/a/devices/d"},
        {"GET", "/api/ajour/v1/status"},
        {"GET", "/api/ajour/v1/firmware/withdrawn"},
        {"POST", "/api/ajour/v1/firmware/withdrawn"},
        {"DELETE", "/api/ajour/v1/firmware/withdrawn/00"},
        {"GET", "/api/ajour/v1/tokens"},
        {"POST", "/api/ajour/v1/tokens"},
        {"DELETE", "/api/ajour/v1/tokens/x"}};
    for (const auto& [method, path] : rows) {
        const auto answer = client("").request(method, path, "{}");
        ASSERT_TRUE(answer.ok());
        EXPECT_EQ(answer->status, 403) << method << " " << path;
    }
    EXPECT_EQ(objects->count()->applications, 0u);
}

TEST_F(Access, ends_with_the_revocation_of_the_token) {
    const auto made = ask("POST", "/api/ajour/v1/tokens", R"({"name":"ci"})");
    ASSERT_EQ(made.status, 201);
    const auto shown = *json::parse(made.body);
    const auto secret = json::text(shown, "token");
    EXPECT_EQ(client(secret).request("GET", "/api/ajour/v1/status")->status, 200);
    EXPECT_THAT(ask("GET", "/api/ajour/v1/tokens").body,
                testing::AllOf(HasSubstr(json::text(shown, "id")), Not(HasSubstr(secret))));
    EXPECT_EQ(ask("DELETE", "/api/ajour/v1/tokens/" + json::text(shown, "id")).status, 204);
    EXPECT_EQ(client(secret).request("GET", "/api/ajour/v1/status")->status, 403);
}

TEST_F(Access, to_metrics_is_free_from_the_loopback_interface_unless_set_otherwise) {
    EXPECT_EQ(client("").request("GET", "/metrics")->body, "# TYPE ajour_up gauge\najour_up 1\n");
    start({.host = "127.0.0.1", .metrics_reader = MetricsReader::Nobody});
    EXPECT_EQ(client("").request("GET", "/metrics")->status, 403);
    EXPECT_EQ(client(token).request("GET", "/metrics")->status, 200);
}

TEST_F(Access, to_metrics_from_elsewhere_is_free_for_anyone_only_when_set_so) {
    const Dependencies dependencies{*objects, *tokens, *withdrawn, "", {}, [] { return "up 1\n"; },
                                    {},       {},      {},         {}, {}, {}};
    const auto status_for = [&](MetricsReader reader) {
        Request request;
        request.method = "GET";
        request.path = "/metrics";
        return Routes({.metrics_reader = reader}, dependencies).answer(request).status;
    };
    EXPECT_EQ(status_for(MetricsReader::Anyone), 200);
    EXPECT_EQ(status_for(MetricsReader::Local), 403);
    EXPECT_EQ(status_for(MetricsReader::Nobody), 403);
}

TEST_F(Access, leaves_no_secret_in_errors_or_logs) {
    const std::string password = "hunter2-of-the-device";
    (void)ask("POST", apps_path(),
              "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"pass\":\"" + password);
    (void)ask("POST", apps_path(), "\"" + password);
    const auto answer = ask("POST", apps_path(), password);
    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.body, Not(HasSubstr("hunter2")));
    set_hook([&](std::string_view, const sdk::HookRequest&) -> sdk::Result<void> {
        return sdk::Error{sdk::ErrorKind::Internal, "inner detail"};
    });
    EXPECT_THAT(ask("POST", "/api/ajour/v1/hooks/x/y", "{}").body, Not(HasSubstr("inner detail")));
    EXPECT_THAT(logged(), Not(HasSubstr("hunter2")));
    EXPECT_THAT(logged(), Not(HasSubstr(token)));
    const auto late = client(token);
    server->stop();
    const auto refused = late.request("GET", "/healthz");
    ASSERT_FALSE(refused.ok());
    EXPECT_THAT(refused.error().text, Not(HasSubstr(token)));
}

}  // namespace
}  // namespace ajour::admin
