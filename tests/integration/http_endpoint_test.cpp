// SPDX-License-Identifier: Apache-2.0
// The endpoint as Drogue Cloud's devices know it.
#include "http_server.hpp"

namespace ajour::integration {
namespace {

using sdk::Credential;
using sdk::ErrorKind;

TEST(HttpEndpoint, hands_a_status_over_and_answers_with_the_command) {
    HttpServer server;
    const auto answer = server.ask(status_request("\x01\x02"));
    EXPECT_EQ(answer,
              "HTTP/1.1 200 OK\r\ncommand: dfu\r\nContent-Type: application/cbor\r\n"
              "Content-Length: 7\r\n\r\ncommand");
    const auto messages = server.inbox.messages();
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].device, sdk::DeviceId("app", "dev"));
    EXPECT_EQ(messages[0].sender, sdk::DeviceId("app", "dev"));
    EXPECT_EQ(messages[0].kind, Credential::Kind::Password);
    EXPECT_EQ(messages[0].secret, "pw");
    EXPECT_EQ(messages[0].payload, "\x01\x02");
    EXPECT_EQ(messages[0].room, 0U);
    EXPECT_EQ(messages[0].peer, "127.0.0.1");
}

struct Form {
    std::string query;
    std::string authorization;  ///< user:password in Base64
    std::string device;
    std::string username;
};

TEST(HttpEndpoint, takes_every_form_of_credentials) {
    const Form forms[] = {{"", "ZGV2QGFwcDpwdw==", "dev", ""},
                          {"", "ZCU0MHZAYXBwOnB3", "d@v", ""},
                          {"?application=app", "ZGV2OnB3", "dev", ""},
                          {"?application=app&device=dev", "dXNlcjpwdw==", "dev", "user"},
                          {"?device=d%2Fv", "dXNlckBhcHA6cHc=", "d/v", "user"}};
    HttpServer server;
    for (const auto& form : forms) {
        const auto fields = "authorization: Basic " + form.authorization + "\r\n";
        EXPECT_EQ(status_of(server.ask(status_request("s", form.query, fields))), 200);
        const auto message = server.inbox.messages().back();
        EXPECT_EQ(message.device, sdk::DeviceId("app", form.device)) << form.query;
        EXPECT_EQ(message.username, form.username) << form.query;
        EXPECT_EQ(message.secret, "pw");
    }
}

TEST(HttpEndpoint, lets_a_gateway_speak_for_a_device) {
    HttpServer server;
    EXPECT_EQ(status_of(server.ask(status_request("s", "?as=sensor&ct=5"))), 200);
    const auto message = server.inbox.messages().back();
    EXPECT_EQ(message.device, sdk::DeviceId("app", "sensor"));
    EXPECT_EQ(message.sender, sdk::DeviceId("app", "dev"));
}

TEST(HttpEndpoint, refuses_who_shows_no_credential) {
    HttpServer server;
    for (const auto* fields : {"", "Authorization: Bearer x\r\n", "Authorization: Basic !\r\n",
                               "Authorization: Basic ZGV2OnB3\r\n"}) {
        const auto answer = server.ask(status_request("s", "", fields));
        EXPECT_EQ(status_of(answer), 403);
        EXPECT_EQ(
            body_of(answer),
            R"({"code":403,"error":"AuthenticationError","message":"Authentication failed"})");
    }
    EXPECT_TRUE(server.inbox.messages().empty());
}

TEST(HttpEndpoint, turns_the_hosts_refusals_into_codes) {
    const std::pair<ErrorKind, int> codes[] = {
        {ErrorKind::Refused, 403},   {ErrorKind::NotFound, 403}, {ErrorKind::Malformed, 400},
        {ErrorKind::Throttled, 429}, {ErrorKind::Full, 503},     {ErrorKind::Internal, 500}};
    HttpServer server;
    auto client = server.connect();
    for (const auto& [kind, code] : codes) {
        server.inbox.answer_with(RecordingInbox::refusal(kind));
        client.send(status_request());
        const auto answer = client.answer();
        EXPECT_EQ(status_of(answer), code);
        EXPECT_EQ(answer.find("command:"), std::string::npos);
        EXPECT_EQ(answer.find("Retry-After:") != std::string::npos, code == 429 || code == 503);
    }
    EXPECT_EQ(server.host.value("refusals"), 6);
}

TEST(HttpEndpoint, answers_unreadable_json_with_406) {
    HttpServer server({}, RecordingInbox::refusal(ErrorKind::Malformed));
    const auto request =
        "POST /v1/dfu HTTP/1.1\r\n" + std::string(dev_app_pw) +
        "Content-Type: application/json; charset=utf-8\r\nContent-Length: 1\r\n\r\n{";
    EXPECT_EQ(status_of(server.ask(request)), 406);
}

TEST(HttpEndpoint, answers_what_is_no_status_itself) {
    HttpServer server;
    const auto alive = server.ask("GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(status_of(alive), 200);
    EXPECT_EQ(body_of(alive), R"({"success":true})");
    EXPECT_EQ(status_of(server.ask("GET /v1/dfu HTTP/1.1\r\n\r\n")), 405);
    EXPECT_EQ(status_of(server.ask("DELETE / HTTP/1.1\r\n\r\n")), 405);
    EXPECT_EQ(status_of(server.ask("POST /v1/telemetry HTTP/1.1\r\nContent-Length: 0\r\n\r\n")),
              404);
    EXPECT_EQ(status_of(server.ask("GET /../etc/passwd HTTP/1.1\r\n\r\n")), 404);
    EXPECT_EQ(status_of(server.ask(status_request("s", "?ct=soon"))), 400);
    EXPECT_EQ(status_of(server.ask(status_request("s", "?device=a&device=b"))), 400);
    EXPECT_EQ(status_of(server.ask("nonsense\r\n\r\n")), 400);
    EXPECT_TRUE(server.inbox.messages().empty());
}

TEST(HttpEndpoint, sends_no_body_to_head) {
    HttpServer server;
    auto client = server.connect();
    client.send("HEAD / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
    const auto answers = client.answer();
    EXPECT_TRUE(answers.starts_with("HTTP/1.1 200 OK\r\n"));
    EXPECT_EQ(body_of(answers).substr(0, 15), "HTTP/1.1 200 OK");
}

TEST(HttpEndpoint, takes_an_empty_body_and_leaves_the_judgement_to_the_host) {
    HttpServer server;
    EXPECT_EQ(status_of(server.ask(status_request(""))), 200);
    EXPECT_EQ(server.inbox.messages().back().payload, "");
}

TEST(HttpEndpoint, believes_everyone_only_after_a_warning) {
    HttpServer server(Settings{{"authentication", "none"}});
    EXPECT_TRUE(server.host.has_logged(sdk::LogLevel::Warning, "AUTHENTICATION IS OFF"));
    EXPECT_EQ(status_of(server.ask(status_request("s", "?application=a&device=d", ""))), 200);
    const auto message = server.inbox.messages().back();
    EXPECT_EQ(message.device, sdk::DeviceId("a", "d"));
    EXPECT_EQ(message.kind, Credential::Kind::Trusted);
    EXPECT_EQ(status_of(server.ask(status_request("s"))), 200);
    EXPECT_EQ(server.inbox.messages().back().device, sdk::DeviceId("app", "dev"));
    EXPECT_EQ(status_of(server.ask(status_request("s", "", ""))), 403);
}

TEST(HttpEndpoint, never_logs_a_credential) {
    HttpServer server;
    server.ask(status_request());
    server.ask(status_request("s", "", "Authorization: Basic cGFzc3dvcmQ=\r\n"));
    for (const auto& line : server.host.lines()) {
        EXPECT_EQ(line.text.find("pw"), std::string::npos) << line.text;
        EXPECT_EQ(line.text.find("Basic"), std::string::npos) << line.text;
    }
}

TEST(HttpEndpoint, says_where_it_listens) {
    HttpServer server;
    EXPECT_TRUE(server.host.has_logged(
        sdk::LogLevel::Info, "listening on http://127.0.0.1:" + std::to_string(server.port())));
}

}  // namespace
}  // namespace ajour::integration
