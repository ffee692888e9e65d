// SPDX-License-Identifier: Apache-2.0
// How the OCI source shows who it is.
#include "integration/oci_fake_registry.hpp"
#include "integration/oci_source.hpp"
#include "support/certificates.hpp"

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <thread>

namespace ajour::support {
namespace {

using sdk::ErrorKind;
using sdk::contract::SettingValues;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string fw = R"({"image":"fw:1.0"})";
const std::string basic_robot = "Basic cm9ib3Q6czNjcmV0";  // robot:s3cret

SettingValues settings(const OciFakeRegistry& registry, SettingValues more = {}) {
    more.insert({{"prefix", registry.prefix()}, {"plain", "true"}, {"poll", "1s"}});
    return more;
}

SettingValues robot() {
    return {{"user", "robot"}, {"password", "s3cret"}};
}

/// A token server, and an OCI registry that wants its tokens.
struct TokenTest : testing::Test {
    std::string challenge() const {
        return R"(Bearer realm=")" + tokens.url("/token?kind=a") +
               R"(",service="reg & co",scope="repository:acme/fw:pull")" + error;
    }

    static void reply(HttpTurn& turn, const std::string& token, int seconds = 300) {
        turn.answer(200,
                    R"({"token":")" + token + R"(","expires_in":)" + std::to_string(seconds) + "}");
    }

    std::string error;
    std::string good_token = "t1";
    std::function<void(HttpTurn&)> give = [this](HttpTurn& turn) { reply(turn, good_token); };
    std::mutex mutex;  // guards good_token while servers run
    ScriptedHttpServer tokens{[this](HttpTurn& turn) {
        const std::lock_guard lock(mutex);
        give(turn);
    }};
    OciFakeRegistry registry{"firmware", [this](HttpTurn& turn) {
                                 const std::lock_guard lock(mutex);
                                 if (turn.request.header("authorization") == "Bearer " + good_token)
                                     return false;
                                 turn.answer(401, "<p>who?", {{"WWW-Authenticate", challenge()}});
                                 return true;
                             }};
};

TEST_F(TokenTest, is_asked_once_and_its_token_kept) {
    OciSource source(settings(registry, robot()));
    const auto offer = source.offer(fw);
    EXPECT_EQ(source.image(offer), "firmware");
    ASSERT_EQ(tokens.count(), 1U);
    const auto asked = tokens.requests()[0];
    EXPECT_EQ(asked.target,
              "/token?kind=a&service=reg%20%26%20co&scope=repository%3Aacme%2Ffw%3Apull");
    EXPECT_EQ(asked.header("authorization"), basic_robot);
    EXPECT_EQ(registry.server().count(), 3U);  // 401, manifest, blob
}

TEST_F(TokenTest, gives_tokens_to_the_anonymous_too) {
    OciSource source(settings(registry));
    EXPECT_EQ(source.image(source.offer(fw)), "firmware");
    EXPECT_EQ(tokens.requests()[0].header("authorization"), "");
}

TEST_F(TokenTest, is_asked_again_when_a_token_ran_out_before_a_blob) {
    OciSource source(settings(registry));
    const auto offer = source.offer(fw);
    {
        const std::lock_guard lock(mutex);
        good_token = "t2";
    }
    EXPECT_EQ(source.image(offer), "firmware");
    EXPECT_EQ(tokens.count(), 2U);
}

TEST_F(TokenTest, is_asked_again_before_a_token_runs_out) {
    give = [this](HttpTurn& turn) { reply(turn, good_token, 5); };
    OciSource source(settings(registry));
    const auto offer = source.offer(fw);
    std::this_thread::sleep_for(std::chrono::milliseconds(4100));  // four fifths of its time
    EXPECT_EQ(source.image(offer), "firmware");
    EXPECT_EQ(tokens.count(), 2U);
}

TEST_F(TokenTest, that_rejects_credentials_is_not_asked_as_anonymous) {
    for (const int status : {401, 403}) {
        give = [status](HttpTurn& turn) {
            if (turn.request.header("authorization").empty()) return reply(turn, "t1");
            turn.answer(status, "no");
        };
        OciSource source(settings(registry, robot()));
        EXPECT_THAT(source.problem(fw),
                    AllOf(HasSubstr("credentials rejected"), Not(HasSubstr("s3cret"))));
        for (const auto& asked : tokens.requests()) EXPECT_NE(asked.header("authorization"), "");
    }
}

TEST_F(TokenTest, that_gives_tokens_for_less_is_asked_once) {
    error = R"(,error="insufficient_scope")";
    give = [](HttpTurn& turn) { reply(turn, "weak"); };
    OciSource source(settings(registry, robot()));
    EXPECT_THAT(source.problem(fw), HasSubstr("insufficient_scope"));
    EXPECT_EQ(tokens.count(), 1U);
    EXPECT_EQ(registry.server().count(), 2U);
}

TEST_F(TokenTest, that_answers_nonsense_is_an_error_without_its_words) {
    for (const std::string body :
         {"", "{}", R"({"token":7})", R"({"token":"s3cret\nX: y"})", "s3cret"}) {
        give = [body](HttpTurn& turn) { turn.answer(200, body); };
        OciSource source(settings(registry));
        EXPECT_THAT(source.problem(fw), AllOf(HasSubstr("token"), Not(HasSubstr("s3cret"))))
            << body;
    }
}

TEST_F(TokenTest, that_is_broken_is_left_alone) {
    give = [](HttpTurn& turn) { turn.answer(500); };
    OciSource source(settings(registry));
    for (int i = 0; i < 5; ++i) EXPECT_THAT(source.problem(fw), HasSubstr("token server"));
    EXPECT_EQ(tokens.count(), 1U);
}

TEST_F(TokenTest, takes_an_identity_token_by_post_or_else_by_get) {
    const TempDirectory temp;
    const auto auths = temp.write(
        "config.json", R"({"auths":{")" + registry.prefix().substr(0, registry.prefix().find('/')) +
                           R"(":{"auth":"cm9ib3Q6","identitytoken":"refresh+1"}}})");
    give = [](HttpTurn& turn) {
        if (turn.request.method == "POST") return turn.answer(200, R"({"access_token":"t1"})");
        turn.answer(500);
    };
    {
        OciSource source(settings(registry, {{"auths", auths.string()}}));
        EXPECT_EQ(source.image(source.offer(fw)), "firmware");
        const auto asked = tokens.requests()[0];
        EXPECT_THAT(asked.body, AllOf(HasSubstr("grant_type=refresh_token"),
                                      HasSubstr("refresh_token=refresh%2B1"),
                                      HasSubstr("scope=repository%3Aacme%2Ffw%3Apull")));
        EXPECT_EQ(asked.header("authorization"), "");
    }
    give = [this](HttpTurn& turn) {
        if (turn.request.method == "POST") return turn.answer(404);
        reply(turn, good_token);
    };
    OciSource source(settings(registry, {{"auths", auths.string()}}));
    EXPECT_EQ(source.image(source.offer(fw)), "firmware");
}

TEST_F(TokenTest, gets_the_token_of_a_file_that_was_replaced) {
    const TempDirectory temp;
    const auto file = temp.write("token", "first\n");
    OciSource source(settings(registry, {{"password.file", file.string()}}));
    const auto offer = source.offer(fw);
    temp.write("token", "second\n");
    EXPECT_EQ(source.image(offer), "firmware");
    ASSERT_EQ(tokens.count(), 2U);
    EXPECT_NE(tokens.requests()[0].header("authorization"),
              tokens.requests()[1].header("authorization"));
}

TEST(OciAuth, of_a_token_server_without_encryption_is_refused_to_an_encrypted_registry) {
    const Certificates certificates;
    ScriptedHttpServer tokens([](HttpTurn& turn) { turn.answer(200, R"({"token":"t"})"); });
    ScriptedHttpServer registry(
        [&](HttpTurn& turn) {
            turn.answer(401, "",
                        {{"WWW-Authenticate", "Bearer realm=\"" + tokens.url("/t") + '"'}});
        },
        {certificates.file("server.crt"), certificates.file("server.key"), ""});
    auto values = robot();
    values["prefix"] = registry.origin().substr(8) + "/acme/";
    values["tls.ca"] = certificates.file("ca.crt");
    OciSource source(values);
    EXPECT_THAT(source.problem(fw), HasSubstr("plain http"));
    EXPECT_EQ(tokens.count(), 0U);
}

TEST(OciAuth, needs_a_certificate_that_is_trusted) {
    const Certificates certificates;
    ScriptedHttpServer registry(
        [&](HttpTurn& turn) { turn.answer(404); },
        {certificates.file("server.crt"), certificates.file("server.key"), ""});
    auto values = robot();
    values["prefix"] = registry.origin().substr(8) + "/acme/";
    OciSource source(values);
    EXPECT_THAT(source.problem(fw), HasSubstr("certificate"));
    EXPECT_EQ(registry.count(), 0U);
}

TEST(OciAuth, asks_for_what_it_cannot_read_as_an_error) {
    for (const auto* header :
         {"", "Negotiate", "Digest realm=x", "\xff", "Bearer", "Bearer realm=x",
          "Bearer realm=\"ftp://a/b\"", "Bearer realm=\"http://a b/\""}) {
        OciFakeRegistry registry("firmware", [&](HttpTurn& turn) {
            turn.answer(401, "", {{"WWW-Authenticate", header}});
            return true;
        });
        OciSource source(settings(registry, robot()));
        EXPECT_THAT(source.problem(fw), HasSubstr("authentication: ")) << header;
        EXPECT_EQ(registry.server().count(), 1U) << header;
    }
}

TEST(OciAuth, by_basic_is_shown_when_asked_for_and_then_at_once) {
    OciFakeRegistry registry("firmware", [&](HttpTurn& turn) {
        if (turn.request.header("authorization") == basic_robot) return false;
        turn.answer(401, "", {{"WWW-Authenticate", "Basic realm=\"r\""}});
        return true;
    });
    {
        OciSource source(settings(registry, robot()));
        EXPECT_EQ(source.image(source.offer(fw)), "firmware");
        EXPECT_EQ(registry.server().count(), 3U);
    }
    {
        OciSource source(settings(registry));
        EXPECT_THAT(source.problem(fw), HasSubstr("none are set"));
    }
    OciSource source(settings(registry, {{"user", "robot"}, {"password", "wrong"}}));
    EXPECT_THAT(source.problem(fw),
                AllOf(HasSubstr("credentials rejected"), Not(HasSubstr("wrong"))));
    const auto before = registry.server().count();
    EXPECT_THAT(source.problem(fw), HasSubstr("credentials rejected"));
    EXPECT_EQ(registry.server().count(), before) << "it was rejected a moment ago";
}

}  // namespace
}  // namespace ajour::support
