// SPDX-License-Identifier: Apache-2.0
#include "fleet/credentials.hpp"

#include "digest/password.hpp"
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

Profile profile_of(std::vector<StoredPassword> passwords) {
    Profile profile;
    profile.id = {"app", "dev"};
    profile.passwords = std::move(passwords);
    return profile;
}

TEST(Credentials, the_device_shows_its_own_password) {
    const auto profile = profile_of({{"", StoredKind::Plain, "right"}});
    EXPECT_TRUE(shows_right_credential(profile, "dev", password("right")));
    EXPECT_FALSE(shows_right_credential(profile, "dev", password("wrong")));
    EXPECT_FALSE(shows_right_credential(profile, "dev", password("")));
    EXPECT_FALSE(shows_right_credential(profile, "dev", password("right", "somebody")));
}

TEST(Credentials, a_device_without_passwords_is_not_let_in_by_one) {
    EXPECT_FALSE(shows_right_credential(profile_of({}), "dev", password("")));
    EXPECT_FALSE(shows_right_credential(profile_of({}), "dev", password("x")));
}

TEST(Credentials, any_of_several_passwords_will_do) {
    const auto profile =
        profile_of({{"", StoredKind::Plain, "old"}, {"", StoredKind::Plain, "new"}});
    EXPECT_TRUE(shows_right_credential(profile, "dev", password("old")));
    EXPECT_TRUE(shows_right_credential(profile, "dev", password("new")));
}

TEST(Credentials, a_hashed_password_is_checked_against_its_hash) {
    const auto hash = digest::hash_password("right");
    ASSERT_TRUE(hash);
    const auto profile = profile_of({{"", StoredKind::Bcrypt, *hash}});
    EXPECT_TRUE(shows_right_credential(profile, "dev", password("right")));
    EXPECT_FALSE(shows_right_credential(profile, "dev", password("wrong")));
    EXPECT_FALSE(shows_right_credential(profile, "dev", password(*hash)));
}

TEST(Credentials, a_user_shows_the_password_of_the_user_only) {
    const auto profile =
        profile_of({{"bob", StoredKind::Plain, "bobs"}, {"", StoredKind::Plain, "own"}});
    EXPECT_TRUE(shows_right_credential(profile, "dev", password("bobs", "bob")));
    EXPECT_TRUE(shows_right_credential(profile, "bob", password("bobs")))
        << "asked for by user name";
    EXPECT_FALSE(shows_right_credential(profile, "dev", password("own", "bob")));
    EXPECT_FALSE(shows_right_credential(profile, "dev", password("bobs")));
}

TEST(Credentials, a_trusted_link_needs_none) {
    EXPECT_TRUE(shows_right_credential(profile_of({}), "dev", {}));
}

TEST(Credentials, a_certificate_names_the_device_or_one_that_is_stored) {
    const support::Certificates certificates("/O=Acme/CN=dev");
    const auto chain = support::der_of(certificates.file("client.crt"));
    const sdk::Credential shown{Kind::Certificate, {}, chain};
    auto profile = profile_of({});
    EXPECT_FALSE(shows_right_credential(profile, "dev", shown)) << "nobody vouches for it";
    profile.anchors = {support::content_of(certificates.file("ca.crt"))};
    const auto end = shows_right_credential(profile, "dev", shown);
    ASSERT_TRUE(end);
    EXPECT_LT(*end, std::chrono::system_clock::now() + std::chrono::hours(49));
    profile.certificates = {"CN=a", "O=Acme, CN=dev"};
    EXPECT_TRUE(shows_right_credential(profile, "dev", shown));
    profile.certificates = {"CN=dev"};
    EXPECT_FALSE(shows_right_credential(profile, "dev", shown)) << "it names another one";
    profile.certificates.clear();
    profile.id.device = "another";
    EXPECT_FALSE(shows_right_credential(profile, "another", shown));
}

TEST(Credentials, a_certificate_that_cannot_be_read_is_none) {
    const auto profile = profile_of({});
    EXPECT_FALSE(shows_right_credential(profile, "dev", {Kind::Certificate, {}, "dev"}));
    EXPECT_FALSE(shows_right_credential(profile, "dev", {Kind::Certificate, {}, ""}));
}

TEST(Credentials, a_pre_shared_key_needs_a_stored_one) {
    auto profile = profile_of({});
    EXPECT_FALSE(shows_right_credential(profile, "dev", {Kind::PreSharedKey, {}, {}}));
    profile.keys = {{{1}, "", ""}};
    EXPECT_TRUE(shows_right_credential(profile, "dev", {Kind::PreSharedKey, {}, {}}));
}

TEST(Credentials, the_key_that_is_valid_now_is_taken) {
    auto profile = profile_of({});
    EXPECT_EQ(valid_key(profile, "2026-06-01T00:00:00Z"), nullptr);
    profile.keys = {{{1}, "2025-01-01T00:00:00Z", "2025-12-31T23:59:59Z"},
                    {{2}, "2026-01-01T00:00:00Z", "2026-12-31T23:59:59.5Z"},
                    {{3}, "2027-01-01T00:00:00Z", ""}};
    const auto key_at = [&](std::string_view now) {
        const auto* key = valid_key(profile, now);
        return key == nullptr ? 0 : key->key.front();
    };
    EXPECT_EQ(key_at("2024-06-01T00:00:00Z"), 0);
    EXPECT_EQ(key_at("2025-06-01T00:00:00Z"), 1);
    EXPECT_EQ(key_at("2026-01-01T00:00:00Z"), 2);
    EXPECT_EQ(key_at("2026-12-31T23:59:59Z"), 2);
    EXPECT_EQ(key_at("2030-01-01T00:00:00Z"), 3);
}

}  // namespace

}  // namespace ajour::fleet
