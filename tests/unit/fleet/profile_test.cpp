// SPDX-License-Identifier: Apache-2.0
#include "fleet/profile.hpp"

#include <gtest/gtest.h>

namespace ajour::fleet {

namespace {

using digest::StoredKind;
using sdk::ErrorKind;

const sdk::DeviceId asked{"app", "dev"};

Profile read(const std::string& spec, const std::string& application = "{}",
             const std::string& metadata = R"({"name":"dev"})") {
    const auto profile = read_profile(
        asked, {application, R"({"metadata":)" + metadata + R"(,"spec":)" + spec + "}"});
    EXPECT_TRUE(profile);
    return profile ? *profile : Profile();
}

std::string with_credentials(const std::string& list) {
    return R"({"authentication":{"credentials":[)" + list + "]}}";
}

TEST(Profile, takes_the_target_of_the_device) {
    const auto profile = read(R"({"firmware":{"file":{"name":"blinky"}}})");
    ASSERT_TRUE(profile.target);
    EXPECT_EQ(profile.target->application, "app");
    EXPECT_EQ(profile.target->source, "file");
    EXPECT_EQ(profile.target->spec, R"({"name":"blinky"})");
    EXPECT_EQ(profile.problem, "");
}

TEST(Profile, takes_the_target_of_the_application_when_the_device_has_none) {
    const auto profile = read("{}", R"({"spec":{"firmware":{"hawkbit":{"controller":"c"}}}})");
    ASSERT_TRUE(profile.target);
    EXPECT_EQ(profile.target->source, "hawkbit");
}

TEST(Profile, the_device_overrides_the_application) {
    const auto profile = read(R"({"firmware":{"file":{"name":"mine"}}})",
                              R"({"spec":{"firmware":{"file":{"name":"ours"}}}})");
    EXPECT_EQ(profile.target->spec, R"({"name":"mine"})");
}

TEST(Profile, an_undecodable_target_of_the_device_does_not_fall_back_to_the_application) {
    for (const char* firmware : {"null", "[]", "\"file\"", "{}", R"({"file":{},"oci":{}})"}) {
        const auto profile = read(R"({"firmware":)" + std::string(firmware) + "}",
                                  R"({"spec":{"firmware":{"file":{"name":"ours"}}}})");
        EXPECT_FALSE(profile.target) << firmware;
        EXPECT_NE(profile.problem.find("one key"), std::string::npos) << firmware;
    }
}

TEST(Profile, the_problem_of_a_long_spec_is_short) {
    const auto profile =
        read(R"({"firmware":{"file":{},"x":")" + std::string(10'000, 'x') + R"("}})");
    EXPECT_LT(profile.problem.size(), 200U);
}

TEST(Profile, passes_every_key_on_as_it_is) {
    for (const std::string key : {"container", "oci", "hawkbit", "file", "somebody-elses"}) {
        EXPECT_EQ(read(R"({"firmware":{")" + key + R"(":{"image":"a:b"}}})").target->source, key);
    }
}

TEST(Profile, has_no_target_and_no_problem_when_nothing_is_configured) {
    const auto profile = read("{}");
    EXPECT_FALSE(profile.target);
    EXPECT_EQ(profile.problem, "");
    EXPECT_TRUE(profile.enabled);
}

TEST(Profile, keeps_its_own_name_when_it_was_asked_for_by_an_alias) {
    const auto profile = read("{}", "{}", R"({"name":"real-name"})");
    EXPECT_EQ(profile.id, (sdk::DeviceId{"app", "real-name"}));
}

TEST(Profile, reads_labels_that_are_text) {
    const auto profile = read("{}", "{}", R"({"name":"dev","labels":{"ring":"canary","n":1}})");
    EXPECT_EQ(profile.labels, (std::map<std::string, std::string>{{"ring", "canary"}}));
}

TEST(Profile, reads_passwords_in_all_their_forms) {
    const auto profile = read(with_credentials(
        R"({"pass":"a"},{"pass":{"plain":"b"}},{"pass":{"bcrypt":"$2b$c"}},{"pass":{"sha512":"$6$d"}},)"
        R"({"user":{"username":"u","password":"e","unique":true}},{"user":{"username":"v","password":{"plain":"f"}}})"));
    ASSERT_EQ(profile.passwords.size(), 6U);
    EXPECT_EQ(profile.passwords[0].secret, "a");
    EXPECT_EQ(profile.passwords[1].secret, "b");
    EXPECT_EQ(profile.passwords[2].kind, StoredKind::Bcrypt);
    EXPECT_EQ(profile.passwords[3].kind, StoredKind::Sha512);
    EXPECT_EQ(profile.passwords[3].secret, "$6$d");
    EXPECT_EQ(profile.passwords[4].username, "u");
    EXPECT_EQ(profile.passwords[5].secret, "f");
}

TEST(Profile, reads_keys_with_their_validity_and_certificates) {
    const auto profile = read(with_credentials(
        R"({"psk":{"key":"AQID","validity":{"notBefore":"2026-01-01T00:00:00Z","notAfter":"2027-01-01T00:00:00Z"}}},)"
        R"({"psk":{"key":"!!"}},{"cert":"CN=dev"})"));
    ASSERT_EQ(profile.keys.size(), 1U) << "a key that is no base64 is none";
    EXPECT_EQ(profile.keys[0].key, (sdk::Bytes{1, 2, 3}));
    EXPECT_EQ(profile.keys[0].not_before, "2026-01-01T00:00:00Z");
    EXPECT_EQ(profile.certificates, (std::vector<std::string>{"CN=dev"}));
}

TEST(Profile, reads_credentials_at_their_legacy_place) {
    const auto profile = read(R"({"credentials":{"credentials":[{"pass":"old"}]}})");
    ASSERT_EQ(profile.passwords.size(), 1U);
    EXPECT_EQ(profile.passwords[0].secret, "old");
}

TEST(Profile, prefers_the_new_place_of_credentials) {
    const auto profile = read(R"({"credentials":{"credentials":[{"pass":"old"}]},)"
                              R"("authentication":{"credentials":[{"pass":"new"}]}})");
    ASSERT_EQ(profile.passwords.size(), 1U);
    EXPECT_EQ(profile.passwords[0].secret, "new");
}

TEST(Profile, passes_over_credentials_that_are_none) {
    const auto profile = read(with_credentials(
        R"(1,null,{},{"pass":1},{"pass":{}},{"user":{"username":"u"}},{"user":{"password":"p"}},{"cert":1})"));
    EXPECT_TRUE(profile.passwords.empty());
    EXPECT_TRUE(profile.certificates.empty());
    EXPECT_TRUE(read(R"({"authentication":{"credentials":"x"}})").passwords.empty());
}

TEST(Profile, bounds_credentials_and_gateways) {
    std::string credentials = R"({"pass":"p"})", names = R"("g")";
    for (int i = 0; i < 1000; ++i) {
        credentials.append(R"(,{"pass":"p"})");
        names.append(R"(,"g")");
    }
    EXPECT_EQ(read(with_credentials(credentials)).passwords.size(), 64U);
    EXPECT_EQ(read(R"({"gatewaySelector":{"matchNames":[)" + names + "]}}").gateways.size(), 256U);
}

TEST(Profile, reads_gateways) {
    const auto profile = read(R"({"gatewaySelector":{"matchNames":["gw",1,"gw2"]}})");
    EXPECT_EQ(profile.gateways, (std::vector<std::string>{"gw", "gw2"}));
}

TEST(Profile, is_disabled_by_the_device_or_the_application) {
    EXPECT_FALSE(read(R"({"core":{"disabled":true}})").enabled);
    EXPECT_FALSE(read("{}", R"({"spec":{"core":{"disabled":true}}})").enabled);
    EXPECT_TRUE(read(R"({"core":{"disabled":false}})").enabled);
    EXPECT_TRUE(read(R"({"core":{"disabled":"true"}})").enabled);
}

TEST(Profile, says_whose_record_is_no_json) {
    const auto profile = read_profile(asked, {"{}", "{"});
    ASSERT_FALSE(profile);
    EXPECT_EQ(profile.error().kind, ErrorKind::Malformed);
    EXPECT_NE(profile.error().text.find("app/dev"), std::string::npos);
    EXPECT_FALSE(read_profile(asked, {"{", R"({"metadata":{"name":"dev"}})"}));
    EXPECT_FALSE(read_profile(asked, {"{}", "{}"})) << "no metadata.name";
    EXPECT_TRUE(read_profile(asked, {"", R"({"metadata":{"name":"dev"}})"})) << "no application";
}

}  // namespace

}  // namespace ajour::fleet
