// SPDX-License-Identifier: Apache-2.0
#include "query.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::sender {
namespace {

using std::chrono::seconds;

/// Keeps the text that the query points into.
struct Parsed {
    explicit Parsed(std::string given) : text(std::move(given)), query(Query()) {
        if (!read_query(text, *query)) query.reset();
    }
    std::string text;
    std::optional<Query> query;
};

TEST(Query, takes_commandTimeout_for_ct) {
    EXPECT_EQ(Parsed("commandTimeout=7").query->command_timeout, seconds(7));
}

TEST(Query, decodes_values_and_names) {
    const Parsed parsed("d%65vice=a%40b%2Bc+d&application=%");
    ASSERT_TRUE(parsed.query);
    EXPECT_EQ(parsed.query->device, "a@b+c d");
    EXPECT_EQ(parsed.query->application, "%");
}

TEST(Query, refuses_a_ct_that_is_no_whole_number) {
    for (const auto* ct :
         {"", "x", "1.5", "-1", "+1", " 1", "1s", "99999999999999999999", "0x10"}) {
        EXPECT_FALSE(Parsed(std::string("ct=") + ct).query) << ct;
    }
}

TEST(Query, refuses_a_parameter_given_twice) {
    EXPECT_FALSE(Parsed("device=a&device=b").query);
    EXPECT_FALSE(Parsed("application=a&application=a").query);
    EXPECT_FALSE(Parsed("as=a&as=b").query);
    EXPECT_FALSE(Parsed("ct=1&commandTimeout=1").query);
}

TEST(Query, tells_an_empty_value_from_a_missing_one) {
    const Parsed parsed("device&application=&&&");
    ASSERT_TRUE(parsed.query);
    EXPECT_EQ(parsed.query->device, "");
    EXPECT_EQ(parsed.query->application, "");
    EXPECT_FALSE(parsed.query->as);
}

TEST(PercentDecode, leaves_alone_what_is_no_escape) {
    const auto decoded = [](std::string text) {
        const auto chars = percent_decode(text);
        return std::string(chars.data(), chars.size());
    };
    EXPECT_EQ(decoded("100%"), "100%");
    EXPECT_EQ(decoded("%4"), "%4");
    EXPECT_EQ(decoded("%zz%41"), "%zzA");
    EXPECT_EQ(decoded("%%41"), "%A");
    EXPECT_EQ(decoded("%00").size(), 1U);
    EXPECT_EQ(decoded(""), "");
}

TEST(Query, adds_up_over_several_texts) {
    std::string first = "ct=3&as=a";
    std::string second = "device=d";
    std::string third = "as=b";
    Query query;
    EXPECT_TRUE(read_query(first, query));
    EXPECT_TRUE(read_query(second, query));
    EXPECT_EQ(query.as, "a");
    EXPECT_EQ(query.device, "d");
    EXPECT_FALSE(read_query(third, query));
}

}  // namespace
}  // namespace ajour::sender
