// SPDX-License-Identifier: Apache-2.0
#include "content/semver.hpp"

#include <gmock/gmock.h>

#include <string>

using namespace ajour::oci;
using testing::HasSubstr;

namespace {

Version version(const std::string& text) {
    const auto parsed = parse_version(text);
    EXPECT_TRUE(parsed) << text;
    return parsed.value_or(Version());
}

bool takes(const std::string& range, const std::string& text, bool prereleases = false) {
    const auto parsed = Range::parse(range, prereleases);
    EXPECT_TRUE(parsed) << range << ": " << parsed.error().text;
    return parsed && parsed->contains(version(text));
}

TEST(Semver, takes_versions_and_nothing_else) {
    for (const auto* text : {"0.0.0", "1.2.3", "v1.2.3", "1.2.3-rc.1", "1.2.3+build.01",
                             "1.2.3-0a.--+x", "1.0.0--", "99999999999999999999999.0.0"}) {
        EXPECT_TRUE(parse_version(text)) << text;
    }
    for (const auto* text :
         {"",       "v",      "1",      "1.2",      "1.2.3.4",    "01.2.3",
          "1.2.03", "1.2.3-", "1.2.3+", "1.2.3-01", "1.2.3-a..b", "1.2.3+a..b",
          "1.2.x",  " 1.2.3", "1.2.3 ", "V1.2.3",   "vv1.2.3",    "1.2.3-\xc3\xa9",
          "-1.2.3", "1..3",   "latest"}) {
        EXPECT_FALSE(parse_version(text)) << text;
    }
    EXPECT_FALSE(parse_version("1.2." + std::string(300, '3')));
}

TEST(Semver, orders_by_precedence) {
    const char* ascending[] = {"0.0.0-0",
                               "0.0.0",
                               "0.9.0",
                               "1.0.0-1",
                               "1.0.0-2",
                               "1.0.0-10",
                               "1.0.0-alpha",
                               "1.0.0-alpha.1",
                               "1.0.0-alpha.beta",
                               "1.0.0-beta",
                               "1.0.0-beta.2",
                               "1.0.0-beta.11",
                               "1.0.0-rc.1",
                               "1.0.0",
                               "1.2.0",
                               "1.10.0",
                               "9.0.0",
                               "10.0.0",
                               "18446744073709551616.0.0"};
    for (std::size_t i = 0; i + 1 < std::size(ascending); ++i) {
        EXPECT_LT(version(ascending[i]), version(ascending[i + 1])) << ascending[i + 1];
        EXPECT_GT(version(ascending[i + 1]), version(ascending[i]));
    }
    EXPECT_EQ(version("1.0.0+a"), version("v1.0.0+b"));
}

struct RangeRow {
    const char* range;
    std::vector<const char*> taken, refused;
};

TEST(SemverRange, takes_what_the_table_says) {
    const RangeRow rows[] = {
        {">=1.2 <2", {"1.2.0", "1.9.9"}, {"1.1.9", "2.0.0", "2.0.0-rc.1", "1.3.0-rc.1"}},
        {">= 1.2 < 2", {"1.2.0"}, {"2.0.0"}},
        {">1", {"2.0.0"}, {"1.0.0", "1.9.9"}},
        {">1.2", {"1.3.0"}, {"1.2.9"}},
        {">1.2.3", {"1.2.4"}, {"1.2.3"}},
        {"<=1.4", {"1.4.9", "0.1.0"}, {"1.5.0"}},
        {"<=1.4.7", {"1.4.7"}, {"1.4.8"}},
        {"<1.2.3", {"1.2.2"}, {"1.2.3"}},
        {"=1.2.3", {"1.2.3", "1.2.3+b"}, {"1.2.4"}},
        {"1.2.3", {"1.2.3"}, {"1.2.4"}},
        {"v1.2.3", {"1.2.3"}, {"1.2.4"}},
        {"^1.2", {"1.2.0", "1.9.0"}, {"1.1.0", "2.0.0"}},
        {"^1.2.3", {"1.2.3", "1.3.0"}, {"1.2.2", "2.0.0"}},
        {"^0.2.3", {"0.2.3", "0.2.9"}, {"0.3.0", "0.2.2"}},
        {"^0.0.3", {"0.0.3"}, {"0.0.4", "0.0.2"}},
        {"^0.0", {"0.0.0", "0.0.9"}, {"0.1.0"}},
        {"^0", {"0.9.9"}, {"1.0.0"}},
        {"^0.x", {"0.9.9"}, {"1.0.0"}},
        {"^9", {"9.1.0"}, {"10.0.0"}},
        {"^99999999999999999999", {"99999999999999999999.5.0"}, {"100000000000000000000.0.0"}},
        {"~1.2", {"1.2.0", "1.2.9"}, {"1.3.0", "1.1.0"}},
        {"~1.2.3", {"1.2.3", "1.2.9"}, {"1.2.2", "1.3.0"}},
        {"~1", {"1.9.0"}, {"2.0.0"}},
        {"1.x", {"1.0.0", "1.9.9"}, {"2.0.0", "0.9.0"}},
        {"1.2.*", {"1.2.9"}, {"1.3.0"}},
        {"1.X.x", {"1.9.9"}, {"2.0.0"}},
        {"1", {"1.9.9"}, {"2.0.0"}},
        {"*", {"0.0.0", "9.9.9"}, {"1.0.0-rc.1"}},
        {">=*", {"0.0.0"}, {}},
        {"1.x || >=3 <4", {"1.5.0", "3.1.0"}, {"2.0.0", "4.0.0"}},
        {">=1.2.0-rc.2 <2", {"1.2.0-rc.2", "1.2.0", "1.2.0-rc.10"}, {"1.2.0-rc.1", "1.3.0-rc.2"}},
        {"1.2.3-rc.1", {"1.2.3-rc.1"}, {"1.2.3"}},
    };
    for (const auto& row : rows) {
        for (const auto* taken : row.taken)
            EXPECT_TRUE(takes(row.range, taken)) << row.range << taken;
        for (const auto* not_taken : row.refused) {
            EXPECT_FALSE(takes(row.range, not_taken)) << row.range << " " << not_taken;
        }
    }
}

TEST(SemverRange, takes_prereleases_when_asked) {
    EXPECT_TRUE(takes("^1.2", "1.3.0-rc.1", true));
    EXPECT_TRUE(takes("*", "1.3.0-rc.1", true));
    EXPECT_FALSE(takes("^1.2", "1.2.0-rc.1", true)) << "it lies below 1.2.0";
    EXPECT_FALSE(takes("^1.2", "2.0.0-rc.1", true)) << "it belongs to 2.0.0";
}

TEST(SemverRange, refuses_what_it_does_not_know) {
    for (const auto* text : {"",   " ",      "||",  "1.x ||", "1.2 - 2", "latest",
                             ">",  ">=",     ">>1", "=>1",    "1.x.3",   "1.2.3.4",
                             ">x", "<*",     "^",   "~",      "1,2",     ">=1.2,<2",
                             "01", "1.2-rc", "!1",  "\xff",   "1.2.3 -"}) {
        const auto range = Range::parse(text);
        ASSERT_FALSE(range) << text;
        EXPECT_EQ(range.error().kind, ajour::sdk::ErrorKind::Malformed);
        EXPECT_THAT(range.error().text, HasSubstr("expected one like"));
    }
    std::string many = "1";
    for (int i = 0; i < 20; ++i) many += " || 1";
    EXPECT_THAT(Range::parse(many).error().text, HasSubstr("too many parts"));
    EXPECT_LE(Range::parse(std::string(100'000, '1')).error().text.size(), 250U);
}

TEST(SemverRange, picks_the_highest_tag) {
    const auto range = Range::parse(">=1.2 <2");
    ASSERT_TRUE(range);
    const std::vector<std::string> tags = {"latest", "1.2.0",       "v1.10.0",        "1.9.0",
                                           "2.0.0",  "1.10.1-rc.1", "sha256-abc.sig", "1.10"};
    EXPECT_EQ(*highest_tag(tags, *range), "v1.10.0");
    EXPECT_EQ(*highest_tag({"v1.3.0", "1.3.0"}, *range), "v1.3.0");
    EXPECT_EQ(*highest_tag({"1.3.0", "v1.3.0"}, *range), "v1.3.0");
    const auto none = highest_tag({"latest", "2.0.0"}, *range);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().kind, ajour::sdk::ErrorKind::NotFound);
    EXPECT_THAT(none.error().text, HasSubstr("none of 2 tags"));
}

}  // namespace
