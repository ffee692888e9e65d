// SPDX-License-Identifier: Apache-2.0
#include "hook/events.hpp"
#include "hook/proof.hpp"

#include <gmock/gmock.h>

#include <string>

using namespace ajour::oci;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

std::vector<Pushed> events(const std::string& body) {
    const auto read = parse_events(body);
    EXPECT_TRUE(read) << read.error().text;
    return read ? *read : std::vector<Pushed>();
}

TEST(HookEvents, are_read_from_distribution) {
    EXPECT_THAT(
        events(R"({"events":[{"action":"pull","target":{"repository":"acme/fw","tag":"1"}},)"
               R"({"action":"push","target":{"mediaType":"x","repository":"acme/fw","tag":"1.4"},)"
               R"("request":{"host":"registry.example"}},)"
               R"({"action":"push","target":{"repository":"acme/other"}}]})"),
        ElementsAre(Pushed{"acme/fw", "1.4"}, Pushed{"acme/other", ""}));
}

TEST(HookEvents, are_read_from_harbor) {
    const std::string data =
        R"("event_data":{"resources":[{"digest":"sha256:1","tag":"1.4","resource_url":"h/acme/fw:1.4"}],)"
        R"("repository":{"name":"fw","namespace":"acme","repo_full_name":"acme/fw"}}})";
    EXPECT_THAT(events(R"({"type":"PUSH_ARTIFACT","occur_at":1,)" + data),
                ElementsAre(Pushed{"acme/fw", "1.4"}));
    EXPECT_THAT(events(R"({"type":"PULL_ARTIFACT",)" + data), IsEmpty());
}

TEST(HookEvents, are_read_from_github) {
    const std::string package =
        R"({"name":"fw","namespace":"Acme","package_type":"CONTAINER",)"
        R"("package_version":{"container_metadata":{"tag":{"name":"1.4","digest":"sha256:1"}}}})";
    EXPECT_THAT(events(R"({"action":"published","package":)" + package + "}"),
                ElementsAre(Pushed{"acme/fw", "1.4"}));
    EXPECT_THAT(events(R"({"action":"published","registry_package":)" + package + "}"),
                ElementsAre(Pushed{"acme/fw", "1.4"}));
    EXPECT_THAT(events(R"({"zen":"Keep it logically awesome.","hook_id":1})"), IsEmpty());
}

TEST(HookEvents, with_a_tag_that_is_none_stand_for_any_tag) {
    EXPECT_THAT(
        events(R"({"events":[{"action":"push","target":{"repository":"a","tag":"sha256:1"}}]})"),
        ElementsAre(Pushed{"a", ""}));
}

TEST(HookEvents, with_a_repository_that_is_none_count_for_nothing) {
    EXPECT_THAT(
        events(R"({"events":[{"action":"push","target":{"repository":"../etc"}},7,null,{}]})"),
        IsEmpty());
}

TEST(HookEvents, are_bounded) {
    std::string body = R"({"events":[)";
    for (int i = 0; i < 1000; ++i) {
        body += R"({"action":"push","target":{"repository":"a"}},)";
    }
    body.back() = ']';
    EXPECT_EQ(events(body + "}").size(), 256U);
}

TEST(HookEvents, of_another_format_are_malformed) {
    for (const auto* body : {"", "[]", "{}", R"({"events":7})", "<html>"}) {
        EXPECT_FALSE(parse_events(body)) << body;
    }
}

TEST(HookProof, is_the_signature_of_the_body) {
    // The example of GitHub's documentation.
    const std::map<std::string, std::string> headers{
        {"x-hub-signature-256",
         "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"}};
    EXPECT_TRUE(proves_secret(headers, "Hello, World!", "It's a Secret to Everybody"));
    EXPECT_FALSE(proves_secret(headers, "Hello, World?", "It's a Secret to Everybody"));
    EXPECT_FALSE(proves_secret(headers, "Hello, World!", "another"));
}

TEST(HookProof, is_the_secret_in_the_authorization_header) {
    EXPECT_TRUE(proves_secret({{"authorization", "s3cret"}}, "", "s3cret"));
    EXPECT_TRUE(proves_secret({{"authorization", "Bearer s3cret"}}, "", "s3cret"));
    for (const auto* shown : {"", "s3cre", "s3cret2", "Basic s3cret", "Bearer"}) {
        EXPECT_FALSE(proves_secret({{"authorization", shown}}, "", "s3cret")) << shown;
    }
}

TEST(HookProof, is_nothing_without_a_secret) {
    EXPECT_FALSE(proves_secret({}, "", "s3cret"));
    EXPECT_FALSE(proves_secret({{"authorization", ""}}, "", ""));
    EXPECT_FALSE(proves_secret({{"authorization", "Bearer "}}, "", ""));
}

TEST(HookProof, by_a_wrong_signature_is_not_mended_by_the_secret) {
    EXPECT_FALSE(proves_secret({{"x-hub-signature-256", "sha256=00"}, {"authorization", "s3cret"}},
                               "", "s3cret"));
}

}  // namespace
