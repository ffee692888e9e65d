// SPDX-License-Identifier: Apache-2.0
#include "distribution/credentials.hpp"

#include "distribution/basic.hpp"
#include "support/temp_directory.hpp"

#include <gmock/gmock.h>

#include <filesystem>

using namespace ajour::oci;
using ajour::sdk::ErrorKind;
using testing::HasSubstr;

namespace {

struct CredentialsTest : testing::Test {
    Login login(const CredentialSettings& settings) {
        const auto found = Credentials(settings, "a.example").login("acme/fw");
        EXPECT_TRUE(found) << found.error().text;
        return found ? *found : Login{};
    }

    ajour::support::TempDirectory temp;
};

TEST_F(CredentialsTest, may_be_none) {
    EXPECT_TRUE(login({}).empty());
}

TEST_F(CredentialsTest, are_read_again_at_each_use) {
    const Credentials credentials({"robot", "", (temp.path() / "token").string(), ""}, "a.example");
    temp.write("token", "first\n");
    EXPECT_EQ(credentials.login("fw")->password, "first");
    temp.write("token", "second\r\n");
    EXPECT_EQ(credentials.login("fw")->password, "second");
}

TEST_F(CredentialsTest, need_no_user_beside_a_token_file) {
    const auto file = temp.write("token", "t0ken").string();
    EXPECT_EQ(login({"", "", file, ""}), (Login{"ajour", "t0ken", ""}));
}

TEST_F(CredentialsTest, of_a_file_that_is_not_there_are_an_error) {
    const Credentials credentials({"robot", "", (temp.path() / "gone").string(), ""}, "a.example");
    const auto found = credentials.login("fw");
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::Unavailable);
    EXPECT_THAT(found.error().text, HasSubstr("gone"));
}

TEST_F(CredentialsTest, stand_in_a_folder_as_kubernetes_mounts_it) {
    const std::string text = R"({"auths":{"a.example":{"username":"u","password":"p"}}})";
    temp.write(".dockerconfigjson", text);
    EXPECT_EQ(login({"", "", "", temp.path().string()}).user, "u");
    std::filesystem::rename(temp.path() / ".dockerconfigjson", temp.path() / "config.json");
    EXPECT_EQ(login({"", "", "", temp.path().string()}).user, "u");
}

TEST_F(CredentialsTest, of_the_auths_file_go_before_the_others) {
    const auto auths = temp.write("auths", R"({"auths":{"a.example/acme":{"username":"u"}}})");
    const Credentials credentials({"robot", "s3cret", "", auths.string()}, "a.example");
    EXPECT_EQ(credentials.login("acme/fw")->user, "u");
    EXPECT_EQ(credentials.login("other/fw")->user, "robot");
}

TEST(Basic, is_base64_of_user_and_password) {
    EXPECT_EQ(basic_authorization("Aladdin", "open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    EXPECT_EQ(basic_authorization("", ""), "Basic Og==");
    EXPECT_EQ(basic_authorization("a", "\xff\xfe"), "Basic YTr//g==");
}

}  // namespace
