// SPDX-License-Identifier: Apache-2.0
// What brokers ask, in the forms in which they ask it.
#include "integration/admin_fixture.hpp"

#include <gmock/gmock.h>

namespace ajour::admin {
namespace {

using sdk::ErrorKind;
using testing::HasSubstr;
using testing::Not;

struct Asked {
    std::string device, sender, password, peer;
    bool operator==(const Asked&) const = default;
};

struct BrokerApi : RunningAdmin {
    static constexpr const char* path = "/api/ajour/v1/broker/authenticate";

    void SetUp() override {
        RunningAdmin::SetUp();
        broker_token = tokens->create("mqtt", store::Scope::Broker)->secret;
        answer_with({});
    }

    void answer_with(std::optional<ErrorKind> refusal) {
        const std::lock_guard lock(mutex);
        login = [this, refusal](const sdk::Message& message) -> sdk::Result<void> {
            EXPECT_EQ(message.credential.kind, sdk::Credential::Kind::Password);
            asked.push_back({sdk::DeviceId(message.device).text(),
                             sdk::DeviceId(message.sender).text(),
                             std::string(message.credential.secret), std::string(message.peer)});
            if (refusal) return sdk::Error{*refusal, "inner detail"};
            return {};
        };
    }

    std::vector<Asked> all_asked() {
        const std::lock_guard lock(mutex);
        return asked;
    }

    ClientResponse post(const Json& body, const std::string& query = {}) const {
        return *client(broker_token).request("POST", path + query, body.dump());
    }

    const Json right = {{"username", "lamps/lamp-1"}, {"password", "p"}, {"peer", "192.0.2.1"}};
    std::string broker_token;
    std::vector<Asked> asked;  ///< guarded by mutex
};

TEST_F(BrokerApi, hears_a_question_in_json_as_emqx_asks_it) {
    const auto answer = post({{"username", "lamps/lamp-1"},
                              {"password", "p\"\\\u00e4"},
                              {"clientid", "c"},
                              {"peer", "::ffff:192.0.2.1"},
                              {"more", {1, 2}}});
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, R"({"result":"allow"})");
    EXPECT_EQ(all_asked(),
              (std::vector<Asked>{{"lamps/lamp-1", "lamps/lamp-1", "p\"\\\u00e4", "192.0.2.1"}}));
}

TEST_F(BrokerApi, hears_a_question_in_a_form) {
    const auto printed =
        curl("-H 'Authorization: Bearer " + broker_token +
             "' --data-urlencode username=a%40b@lamps --data-urlencode 'password=p +&=%'"
             " --data clientid=c --data peer=2001:db8:0::1 " +
             url(path));
    EXPECT_EQ(printed, "{\"result\":\"allow\"}\n200");
    EXPECT_EQ(all_asked(),
              (std::vector<Asked>{{"lamps/a@b", "lamps/a@b", "p +&=%", "2001:db8::1"}}));
}

TEST_F(BrokerApi, refuses_by_status_and_in_the_body) {
    for (const auto& [kind, status] : {std::pair{ErrorKind::Refused, 403},
                                       {ErrorKind::NotFound, 403},
                                       {ErrorKind::Throttled, 429}}) {
        answer_with(kind);
        EXPECT_EQ(post(right).status, status);
        EXPECT_EQ(post(right).body, R"({"result":"deny"})");
        EXPECT_EQ(post(right, "?deny=200").status, 200);
        EXPECT_EQ(post(right, "?deny=200").body, R"({"result":"deny"})");
    }
}

TEST_F(BrokerApi, does_not_judge_users_that_are_no_devices) {
    for (const auto* user : {"ajour", "", "lamps/gateway/as/lamp-1"}) {
        auto body = right;
        body["username"] = user;
        EXPECT_EQ(post(body).status, 403) << user;
        EXPECT_EQ(post(body, "?deny=200").body, R"({"result":"ignore"})") << user;
    }
    EXPECT_TRUE(all_asked().empty());
}

TEST_F(BrokerApi, refuses_passwords_that_are_none_unasked) {
    for (const auto& password : {Json(""), Json(nullptr), Json(7), Json(std::string(1025, 'a'))}) {
        auto body = right;
        body["password"] = password;
        EXPECT_EQ(post(body).status, 403);
        EXPECT_EQ(post(body).body, R"({"result":"deny"})");
    }
    EXPECT_TRUE(all_asked().empty());
}

TEST_F(BrokerApi, allows_nobody_while_the_registry_cannot_tell) {
    for (const auto kind : {ErrorKind::Unavailable, ErrorKind::Full, ErrorKind::Internal}) {
        answer_with(kind);
        for (const auto* query : {"", "?deny=200"}) {
            const auto answer = post(right, query);
            EXPECT_EQ(answer.status, 503);
            EXPECT_THAT(answer.body, Not(HasSubstr("allow")));
            EXPECT_THAT(answer.body, Not(HasSubstr("inner detail")));
        }
    }
}

TEST_F(BrokerApi, says_what_is_wrong_with_a_question) {
    auto body = right;
    body["peer"] = "${peerhost}";
    const auto answer = post(body);
    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.body, HasSubstr("peer: expected an IP address"));
    EXPECT_EQ(client(broker_token).request("POST", path, "no json")->status, 400);
    const auto large = Json{{"username", std::string(9000, 'a')}};
    EXPECT_EQ(post(large).status, 413);
    EXPECT_TRUE(all_asked().empty());
}

TEST_F(BrokerApi, needs_no_address_of_the_device) {
    auto body = right;
    body.erase("peer");
    EXPECT_EQ(post(body).status, 200);
    EXPECT_EQ(all_asked()[0].peer, "");
}

TEST_F(BrokerApi, answers_those_with_a_token_only) {
    EXPECT_EQ(client("").request("POST", path, right.dump())->status, 403);
    EXPECT_EQ(client("ajour_x").request("POST", path, right.dump())->status, 403);
    EXPECT_TRUE(all_asked().empty());
    EXPECT_EQ(ask("POST", path, right.dump()).status, 200) << "an admin may do all";
}

TEST_F(BrokerApi, has_a_token_that_is_good_for_nothing_else) {
    const std::pair<const char*, const char*> rows[] = {{"GET", "/api/registry/v1alpha1/apps"},
                                                        {"GET", "/api/ajour/v1/status"},
                                                        {"GET", "/api/ajour/v1/tokens"},
                                                        {"POST", "/api/ajour/v1/tokens"}};
    for (const auto& [method, place] : rows) {
        const auto answer = client(broker_token).request(method, place, R"({"name":"x"})");
        EXPECT_EQ(answer->status, 403) << method << " " << place;
    }
}

TEST_F(BrokerApi, has_tokens_that_an_admin_makes_lists_and_revokes) {
    const auto made = ask("POST", "/api/ajour/v1/tokens", R"({"name":"emqx","scope":"broker"})");
    ASSERT_EQ(made.status, 201);
    const auto shown = *json::parse(made.body);
    const auto secret = json::text(shown, "token");
    EXPECT_EQ(client(secret).request("POST", path, right.dump())->status, 200);
    EXPECT_EQ(client(secret).request("GET", "/api/ajour/v1/status")->status, 403);
    EXPECT_THAT(ask("GET", "/api/ajour/v1/tokens").body, HasSubstr(R"("scope":"broker")"));
    EXPECT_EQ(ask("DELETE", "/api/ajour/v1/tokens/" + json::text(shown, "id")).status, 204);
    EXPECT_EQ(client(secret).request("POST", path, right.dump())->status, 403);
    EXPECT_EQ(ask("POST", "/api/ajour/v1/tokens", R"({"name":"x","scope":"king"})").status, 400);
}

TEST_F(BrokerApi, leaves_no_password_in_errors_or_logs) {
    const std::string password = "hunter2-of-the-device";
    answer_with(ErrorKind::Unavailable);
    auto body = right;
    body["password"] = password;
    EXPECT_THAT(post(body).body, Not(HasSubstr("hunter2")));
    const auto broken = client(broker_token).request("POST", path, body.dump().substr(0, 60));
    EXPECT_EQ(broken->status, 400);
    EXPECT_THAT(broken->body, Not(HasSubstr("hunter2")));
    EXPECT_THAT(logged(), Not(HasSubstr("hunter2")));
    EXPECT_THAT(logged(), Not(HasSubstr(broker_token)));
}

}  // namespace
}  // namespace ajour::admin
