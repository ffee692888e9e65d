// SPDX-License-Identifier: Apache-2.0
#include "application_list.hpp"

#include <gtest/gtest.h>

namespace ajour::drogue {
namespace {

using Names = std::vector<std::string>;

TEST(ApplicationList, ends_with_the_first_page_that_is_not_full) {
    ApplicationList list({2, 10}, {});
    EXPECT_EQ(list.offset(), 0U);
    EXPECT_TRUE(list.take({"a", "b"}));
    EXPECT_EQ(list.offset(), 2U);
    EXPECT_TRUE(list.take({"c", "d"}));
    EXPECT_FALSE(list.take({}));
    EXPECT_EQ(list.names(), (Names{"a", "b", "c", "d"}));
    EXPECT_FALSE(list.is_cut());
}

TEST(ApplicationList, has_so_many_besides_those_that_are_excluded) {
    const Names excluded{"a", "c"};
    ApplicationList list({2, 2}, excluded);
    EXPECT_TRUE(list.take({"a", "b"}));
    EXPECT_TRUE(list.take({"c", "d"}));
    EXPECT_FALSE(list.is_cut());
    EXPECT_FALSE(list.take({"e"}));
    EXPECT_TRUE(list.is_cut());
    EXPECT_EQ(list.names(), (Names{"b", "d"}));
}

TEST(ApplicationList, is_whole_when_there_are_just_so_many) {
    ApplicationList list({2, 2}, {});
    EXPECT_TRUE(list.take({"a", "b"}));
    EXPECT_FALSE(list.take({}));
    EXPECT_FALSE(list.is_cut());
}

TEST(ApplicationList, takes_all_of_a_server_that_knows_no_pages) {
    ApplicationList list({2, 10}, {});
    EXPECT_FALSE(list.take({"a", "b", "c"}));
    EXPECT_EQ(list.names().size(), 3U);
}

TEST(ApplicationList, ends_though_a_server_gives_the_same_page_for_ever) {
    const Names excluded{"a"};
    for (const auto* name : {"a", "b"}) {
        ApplicationList list({1, 100}, excluded);
        int pages = 1;
        while (list.take({name})) ASSERT_LT(++pages, 200);
        EXPECT_LE(list.names().size(), 100U);
    }
}

}  // namespace
}  // namespace ajour::drogue
