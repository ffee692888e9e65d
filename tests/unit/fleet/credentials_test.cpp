// SPDX-License-Identifier: Apache-2.0
#include "fleet/credentials.hpp"

#include "digest/password.hpp"
#include "fleet/validity.hpp"
#include "support/certificates.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace ajour::fleet {

namespace {

using digest::StoredKind;
using Kind = sdk::Credential::Kind;

sdk::Credential password(std::string_view secret, std::string_view username = {}) {
    return {Kind::Password, username, secret};
}

const digest::CredentialTag tags;

auto shows(const Profile& profile, std::string_view asked, const sdk::Credential& credential) {
    return shows_right_credential(profile, asked, credential, tags);
}

Profile profile_of(std::vector<StoredPassword> passwords) {
    Profile profile;
    profile.id = {"app", "dev"};
    profile.passwords = std::move(passwords);
    return profile;
}

TEST(Credentials, the_device_shows_its_own_password) {
    const auto profile = profile_of({{"", StoredKind::Plain, "right"}});
    EXPECT_TRUE(shows(profile, "dev", password("right")));
    EXPECT_FALSE(shows(profile, "dev", password("wrong")));
    EXPECT_FALSE(shows(profile, "dev", password("")));
    EXPECT_FALSE(shows(profile, "dev", password("right", "somebody")));
}

TEST(Credentials, a_device_without_passwords_is_not_let_in_by_one) {
    EXPECT_FALSE(shows(profile_of({}), "dev", password("")));
    EXPECT_FALSE(shows(profile_of({}), "dev", password("x")));
}

TEST(Credentials, any_of_several_passwords_will_do) {
    const auto profile =
        profile_of({{"", StoredKind::Plain, "old"}, {"", StoredKind::Plain, "new"}});
    EXPECT_TRUE(shows(profile, "dev", password("old")));
    EXPECT_TRUE(shows(profile, "dev", password("new")));
}

TEST(Credentials, a_hashed_password_is_checked_against_its_hash) {
    const auto hash = digest::hash_password("right");
    ASSERT_TRUE(hash);
    const auto profile = profile_of({{"", StoredKind::Bcrypt, *hash}});
    EXPECT_TRUE(shows(profile, "dev", password("right")));
    EXPECT_FALSE(shows(profile, "dev", password("wrong")));
    EXPECT_FALSE(shows(profile, "dev", password(*hash)));
}

TEST(Credentials, a_user_shows_the_password_of_the_user_only) {
    const auto profile =
        profile_of({{"bob", StoredKind::Plain, "bobs"}, {"", StoredKind::Plain, "own"}});
    EXPECT_TRUE(shows(profile, "dev", password("bobs", "bob")));
    EXPECT_TRUE(shows(profile, "bob", password("bobs"))) << "asked for by user name";
    EXPECT_FALSE(shows(profile, "dev", password("own", "bob")));
    EXPECT_FALSE(shows(profile, "dev", password("bobs")));
}

TEST(Credentials, a_trusted_link_needs_none) {
    EXPECT_TRUE(shows(profile_of({}), "dev", {}));
}

TEST(Credentials, a_certificate_names_the_device_or_one_that_is_stored) {
    const support::Certificates certificates("/O=Acme/CN=dev");
    const auto chain = support::der_of(certificates.file("client.crt"));
    const sdk::Credential shown{Kind::Certificate, {}, chain};
    auto profile = profile_of({});
    EXPECT_FALSE(shows(profile, "dev", shown)) << "nobody vouches for it";
    profile.anchors = {support::content_of(certificates.file("ca.crt"))};
    const auto end = shows(profile, "dev", shown);
    ASSERT_TRUE(end);
    EXPECT_LT(*end, std::chrono::system_clock::now() + std::chrono::hours(49));
    profile.certificates = {"CN=a", "O=Acme, CN=dev"};
    EXPECT_TRUE(shows(profile, "dev", shown));
    profile.certificates = {"CN=dev"};
    EXPECT_FALSE(shows(profile, "dev", shown)) << "it names another one";
    profile.certificates.clear();
    profile.id.device = "another";
    EXPECT_FALSE(shows(profile, "another", shown));
}

TEST(Credentials, a_certificate_that_cannot_be_read_is_none) {
    const auto profile = profile_of({});
    EXPECT_FALSE(shows(profile, "dev", {Kind::Certificate, {}, "dev"}));
    EXPECT_FALSE(shows(profile, "dev", {Kind::Certificate, {}, ""}));
}

certificates::Time at(std::string_view text) {
    return moment_of(text).value();
}

TEST(Credentials, a_pre_shared_key_is_known_by_its_tag) {
    auto profile = profile_of({});
    const auto one = tag_of({1}, tags), two = tag_of({2}, tags);
    EXPECT_FALSE(shows(profile, "dev", {Kind::PreSharedKey, {}, one}));
    profile.keys = {{{1}, "", ""}};
    EXPECT_EQ(shows(profile, "dev", {Kind::PreSharedKey, {}, one}), certificates::Time::max());
    EXPECT_FALSE(shows(profile, "dev", {Kind::PreSharedKey, {}, two})) << "it was replaced";
    EXPECT_FALSE(shows(profile, "dev", {Kind::PreSharedKey, {}, {}}));
    EXPECT_NE(one, std::string("\x01")) << "a tag tells nothing of its key";
}

TEST(Credentials, a_pre_shared_key_is_right_until_its_end) {
    auto profile = profile_of({});
    const auto tag = tag_of({1}, tags);
    profile.keys = {{{1}, "", "2021-01-01T00:00:00Z"}};
    EXPECT_FALSE(shows(profile, "dev", {Kind::PreSharedKey, {}, tag}));
    profile.keys = {{{1}, "", "2121-01-01T00:00:00Z"}};
    EXPECT_EQ(shows(profile, "dev", {Kind::PreSharedKey, {}, tag}), at("2121-01-01T00:00:01Z"));
    profile.keys = {{{1}, "2120-01-01T00:00:00Z", ""}};
    EXPECT_FALSE(shows(profile, "dev", {Kind::PreSharedKey, {}, tag}));
    profile.keys = {{{2}, "", ""}, {{1}, "", ""}};
    EXPECT_TRUE(shows(profile, "dev", {Kind::PreSharedKey, {}, tag})) << "two keys are valid";
}

TEST(Credentials, the_key_that_is_valid_now_is_taken) {
    auto profile = profile_of({});
    EXPECT_EQ(valid_key(profile, at("2026-06-01T00:00:00Z")), nullptr);
    profile.keys = {{{1}, "2025-01-01T00:00:00Z", "2025-12-31T23:59:59Z"},
                    {{2}, "2026-01-01T00:00:00Z", "2026-12-31T23:59:59.5Z"},
                    {{3}, "2027-01-01T00:00:00Z", ""}};
    const auto key_at = [&](std::string_view now) {
        const auto* key = valid_key(profile, at(now));
        return key == nullptr ? 0 : key->key.front();
    };
    EXPECT_EQ(key_at("2024-06-01T00:00:00Z"), 0);
    EXPECT_EQ(key_at("2025-06-01T00:00:00Z"), 1);
    EXPECT_EQ(key_at("2026-01-01T00:00:00Z"), 2);
    EXPECT_EQ(key_at("2026-12-31T23:59:59Z"), 2);
    EXPECT_EQ(key_at("2030-01-01T00:00:00Z"), 3);
}

TEST(Credentials, a_moment_is_read_with_its_offset) {
    EXPECT_EQ(moment_of("2026-01-02T03:04:05Z")->time_since_epoch().count(), 1767323045);
    EXPECT_EQ(at("2026-01-02T03:04:05+02:00"), at("2026-01-02t01:04:05.123456789z"));
    EXPECT_EQ(at("2026-01-02 03:04:05-00:30"), at("2026-01-02T03:34:05Z"));
    for (const auto* wrong :
         {"", "2026", "2026-01-02", "2026-01-02T03:04:05", "2026-13-02T03:04:05Z",
          "2026-02-30T03:04:05Z", "2026-01-02T03:04:05.Z", "2026-01-02T03:04:05Zx",
          "2026-01-02T03:04:05+0200", "-026-01-02T03:04:05Z", "soon"}) {
        EXPECT_FALSE(moment_of(wrong)) << wrong;
    }
}

TEST(Credentials, a_key_whose_limits_cannot_be_read_is_never_valid) {
    auto profile = profile_of({});
    profile.keys = {{{1}, "", "for ever"}, {{1}, "soon", ""}};
    EXPECT_EQ(valid_key(profile, at("2026-06-01T00:00:00Z")), nullptr);
}

}  // namespace

}  // namespace ajour::fleet
