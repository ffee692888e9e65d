// SPDX-License-Identifier: Apache-2.0
#include "distribution/challenge.hpp"

#include <gmock/gmock.h>

#include <string>

using namespace ajour::oci;

namespace {

TEST(Challenge, is_read_as_token_servers_write_it) {
    const auto read = parse_challenges(
        R"(Bearer realm="https://auth.example/token?a=b,c",service="reg",scope="repository:a/b:pull")");
    ASSERT_EQ(read.size(), 1U);
    EXPECT_EQ(read[0].scheme, "bearer");
    EXPECT_EQ(read[0].parameter("realm"), "https://auth.example/token?a=b,c");
    EXPECT_EQ(read[0].parameter("service"), "reg");
    EXPECT_EQ(read[0].parameter("scope"), "repository:a/b:pull");
    EXPECT_EQ(read[0].parameter("error"), "");
}

TEST(Challenge, may_be_one_of_several_in_a_header) {
    const auto read =
        parse_challenges(R"(Negotiate, Basic realm="a", BEARER Realm = "b" , service=c)");
    ASSERT_EQ(read.size(), 3U);
    EXPECT_EQ(read[0].scheme, "negotiate");
    EXPECT_EQ(read[1].scheme, "basic");
    EXPECT_EQ(read[1].parameter("realm"), "a");
    EXPECT_EQ(read[2].scheme, "bearer");
    EXPECT_EQ(read[2].parameter("realm"), "b");
    EXPECT_EQ(read[2].parameter("service"), "c");
}

TEST(Challenge, undoes_quoting) {
    EXPECT_EQ(parse_challenges(R"(Basic realm="a\"b\\c")")[0].parameter("realm"), R"(a"b\c)");
}

TEST(Challenge, ends_where_it_cannot_be_read) {
    EXPECT_TRUE(parse_challenges("").empty());
    EXPECT_TRUE(parse_challenges(" , ,").empty());
    EXPECT_TRUE(parse_challenges("\"").empty());
    EXPECT_EQ(parse_challenges(R"(Bearer realm="never ends)")[0].parameter("realm"), "");
    EXPECT_EQ(parse_challenges("Bearer realm=\"a\\")[0].parameter("realm"), "");
    EXPECT_EQ(parse_challenges("Basic, \xff").size(), 1U);
}

TEST(Challenge, is_bounded) {
    std::string many;
    for (int i = 0; i < 1000; ++i) many += "S" + std::to_string(i) + " a=b, ";
    EXPECT_EQ(parse_challenges(many).size(), 8U);
    std::string wide = "Bearer ";
    for (int i = 0; i < 1000; ++i) wide += "p" + std::to_string(i) + "=v,";
    EXPECT_LE(parse_challenges(wide)[0].parameters.size(), 16U);
}

TEST(Challenge, keeps_the_first_of_two_parameters_of_one_name) {
    EXPECT_EQ(parse_challenges("Bearer realm=\"a\",realm=\"b\"")[0].parameter("realm"), "a");
}

}  // namespace
