// SPDX-License-Identifier: Apache-2.0
#include "store/withdrawn.hpp"

#include "opened.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ajour::store {
namespace {

using sdk::ErrorKind;
using sdk::Sha256;
using testing::ElementsAre;

Sha256 digest(std::uint8_t first) {
    Sha256 made;
    made.bytes[0] = first;
    return made;
}

struct WithdrawnOf : Opened {
    std::unique_ptr<Withdrawn> load() { return *Withdrawn::load(*database); }
};

TEST_F(WithdrawnOf, is_empty_at_first) {
    const auto withdrawn = load();
    EXPECT_FALSE(withdrawn->contains(digest(1)));
    EXPECT_TRUE(withdrawn->list().empty());
}

TEST_F(WithdrawnOf, contains_what_was_added_until_it_is_removed) {
    const auto withdrawn = load();
    ASSERT_TRUE(withdrawn->add(digest(2)).ok());
    ASSERT_TRUE(withdrawn->add(digest(1)).ok());
    ASSERT_TRUE(withdrawn->add(digest(1)).ok());
    EXPECT_TRUE(withdrawn->contains(digest(1)));
    EXPECT_FALSE(withdrawn->contains(digest(3)));
    EXPECT_THAT(withdrawn->list(), ElementsAre(digest(1), digest(2)));
    ASSERT_TRUE(withdrawn->remove(digest(1)).ok());
    EXPECT_FALSE(withdrawn->contains(digest(1)));
    EXPECT_EQ(withdrawn->remove(digest(1)).error().kind, ErrorKind::NotFound);
}

TEST_F(WithdrawnOf, outlives_the_process) {
    ASSERT_TRUE(load()->add(digest(1)).ok());
    database.reset();
    database = open(file());
    EXPECT_TRUE(load()->contains(digest(1)));
}

TEST_F(WithdrawnOf, keeps_a_bound) {
    const auto withdrawn = load();
    const auto filled = database->change(Durability::Reported, [](Connection& sql) {
        sql.run(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
            "INSERT INTO withdrawn SELECT CAST(printf('%032d', i) AS BLOB), '' FROM n");
        return sdk::Result<void>();
    });
    ASSERT_TRUE(filled.ok());
    EXPECT_EQ(load()->add(digest(1)).error().kind, ErrorKind::Full);
}

}  // namespace
}  // namespace ajour::store
