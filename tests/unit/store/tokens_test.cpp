// SPDX-License-Identifier: Apache-2.0
#include "store/tokens.hpp"

#include "opened.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace ajour::store {
namespace {

using sdk::ErrorKind;

struct TokensOf : Opened {
    std::unique_ptr<Tokens> load() { return *Tokens::load(*database); }
    std::filesystem::path token_file() const { return directory.path() / "admin.token"; }
    std::string first_line() const {
        auto content = support::content_of(token_file());
        return content.substr(0, content.find('\n'));
    }
};

TEST_F(TokensOf, verify_what_was_created_until_it_is_revoked) {
    const auto tokens = load();
    const auto token = tokens->create("ci");
    ASSERT_TRUE(token.ok());
    EXPECT_TRUE(tokens->verify(token->secret));
    EXPECT_FALSE(tokens->verify(""));
    EXPECT_FALSE(tokens->verify(token->secret + "0"));
    EXPECT_FALSE(tokens->verify(token->info.id));
    ASSERT_EQ(tokens->list().size(), 1u);
    EXPECT_EQ(tokens->list()[0].name, "ci");
    ASSERT_TRUE(tokens->revoke(token->info.id).ok());
    EXPECT_FALSE(tokens->verify(token->secret));
    EXPECT_EQ(tokens->revoke(token->info.id).error().kind, ErrorKind::NotFound);
}

TEST_F(TokensOf, outlive_the_process_but_not_in_the_clear) {
    const auto token = load()->create("ci");
    database.reset();
    for (const auto& entry : std::filesystem::directory_iterator(directory.path())) {
        EXPECT_EQ(support::content_of(entry.path()).find(token->secret.substr(6)),
                  std::string::npos);
    }
    database = open(file());
    EXPECT_TRUE(load()->verify(token->secret));
}

TEST_F(TokensOf, are_bounded_in_number_and_name) {
    const auto tokens = load();
    EXPECT_EQ(tokens->create("").error().kind, ErrorKind::Malformed);
    EXPECT_EQ(tokens->create("a\nb").error().kind, ErrorKind::Malformed);
    for (std::size_t i = 0; i < Tokens::max_tokens; ++i) ASSERT_TRUE(tokens->create("x").ok());
    EXPECT_EQ(tokens->create("x").error().kind, ErrorKind::Full);
}

TEST_F(TokensOf, begin_with_one_in_a_private_file) {
    const auto made = load()->ensure_first(token_file());
    ASSERT_TRUE(made.ok()) << made.error().text;
    EXPECT_TRUE(*made);
    struct stat status {};
    ASSERT_EQ(::stat(token_file().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
    EXPECT_TRUE(load()->verify(first_line()));
}

TEST_F(TokensOf, write_the_first_one_only_once) {
    ASSERT_TRUE(load()->ensure_first(token_file()).ok());
    const auto first = first_line();
    EXPECT_FALSE(*load()->ensure_first(token_file()));
    EXPECT_EQ(first_line(), first);
}

TEST_F(TokensOf, of_a_broker_are_good_for_that_only_and_those_of_an_admin_for_all) {
    const auto admin = load()->create("ci")->secret;
    const auto broker = load()->create("mqtt", Scope::Broker)->secret;
    const auto tokens = load();
    EXPECT_TRUE(tokens->verify(broker, Scope::Broker));
    EXPECT_FALSE(tokens->verify(broker));
    EXPECT_TRUE(tokens->verify(admin, Scope::Broker));
    EXPECT_TRUE(tokens->verify(admin));
    EXPECT_EQ(tokens->list()[1].scope, Scope::Broker);
}

TEST_F(TokensOf, write_the_first_one_of_each_scope) {
    ASSERT_TRUE(*load()->ensure_first(token_file()));
    const auto file = directory.path() / "broker.token";
    ASSERT_TRUE(*load()->ensure_first(file, Scope::Broker));
    EXPECT_FALSE(*load()->ensure_first(file, Scope::Broker));
    const auto content = support::content_of(file);
    EXPECT_TRUE(load()->verify(content.substr(0, content.find('\n')), Scope::Broker));
    EXPECT_FALSE(load()->verify(content.substr(0, content.find('\n'))));
}

TEST_F(TokensOf, begin_anew_when_a_crash_left_a_file_that_does_not_count) {
    directory.write("admin.token", "ajour_old\n");
    directory.write("admin.token.new", "half");
    ASSERT_TRUE(*load()->ensure_first(token_file()));
    EXPECT_TRUE(load()->verify(first_line()));
    EXPECT_FALSE(std::filesystem::exists(directory.path() / "admin.token.new"));
}

TEST_F(TokensOf, do_not_count_when_the_file_cannot_be_written) {
    const auto made = load()->ensure_first(directory.path() / "absent" / "admin.token");
    ASSERT_FALSE(made.ok());
    EXPECT_THAT(made.error().text, testing::HasSubstr("absent"));
    EXPECT_TRUE(load()->list().empty());
}

}  // namespace
}  // namespace ajour::store
