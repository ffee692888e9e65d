// SPDX-License-Identifier: Apache-2.0
#include "distribution/auths_file.hpp"

#include <gmock/gmock.h>

#include <string>

using namespace ajour::oci;
using testing::HasSubstr;
using testing::Not;

namespace {

// base64 of robot:s3cret and of token:other
const std::string file =
    R"({"auths":{"registry.example":{"auth":"cm9ib3Q6czNjcmV0"},)"
    R"("registry.example/acme":{"auth":"dG9rZW46b3RoZXI="},)"
    R"("https://index.docker.io/v1/":{"username":"hub","password":"pw"},)"
    R"("acr.example":{"auth":"cm9ib3Q6","identitytoken":"refresh"}},"credsStore":"none"})";

Login login(const std::string& text, const std::string& host, const std::string& repository) {
    const auto found = login_of(text, host, repository);
    EXPECT_TRUE(found) << found.error().text;
    return found ? *found : Login{};
}

TEST(AuthsFile, has_user_and_password_in_base64) {
    EXPECT_EQ(login(file, "registry.example", "fw"), (Login{"robot", "s3cret", ""}));
}

TEST(AuthsFile, prefers_the_longest_path_of_whole_components) {
    EXPECT_EQ(login(file, "registry.example", "acme/fw").user, "token");
    EXPECT_EQ(login(file, "registry.example", "acme").user, "token");
    EXPECT_EQ(login(file, "registry.example", "acmetoo/fw").user, "robot");
}

TEST(AuthsFile, knows_docker_hub_by_its_old_address) {
    EXPECT_EQ(login(file, "docker.io", "library/fw"), (Login{"hub", "pw", ""}));
    EXPECT_EQ(login(file, "registry-1.docker.io", "library/fw").user, "hub");
}

TEST(AuthsFile, has_identity_tokens) {
    EXPECT_EQ(login(file, "acr.example", "fw"), (Login{"robot", "", "refresh"}));
}

TEST(AuthsFile, has_nothing_for_other_hosts) {
    for (const auto* host :
         {"other.example", "registry.example:5000", "egistry.example", "registry.example.evil"}) {
        EXPECT_TRUE(login(file, host, "fw").empty()) << host;
    }
    EXPECT_TRUE(login("{}", "registry.example", "fw").empty());
    EXPECT_TRUE(login(R"({"auths":[]})", "registry.example", "fw").empty());
    EXPECT_TRUE(login(R"({"auths":{"registry.example":7}})", "registry.example", "fw").empty());
}

TEST(AuthsFile, may_be_of_the_older_type_of_kubernetes) {
    EXPECT_EQ(login(R"({"a.example":{"username":"u","password":"p"}})", "a.example", "fw").user,
              "u");
}

TEST(AuthsFile, never_shows_what_it_has) {
    for (const auto* text : {"s3cret", R"(["s3cret"])", R"({"auths":{"a.b":{"auth":"s3cret!"}}})",
                             R"({"auths":{"a.b":{"auth":"czNjcmV0"}}})"}) {
        const auto found = login_of(text, "a.b", "fw");
        ASSERT_FALSE(found) << text;
        EXPECT_THAT(found.error().text, Not(HasSubstr("s3cret"))) << text;
    }
}

}  // namespace
