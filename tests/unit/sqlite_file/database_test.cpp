// SPDX-License-Identifier: Apache-2.0
#include "sqlite_file/database.hpp"

#include "support/temp_directory.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>

namespace ajour::sqlite_file {
namespace {

constexpr const char* Schema =
    "CREATE TABLE IF NOT EXISTS lamp (name TEXT PRIMARY KEY, watts INTEGER NOT NULL)";
constexpr const char* Insert = "INSERT INTO lamp VALUES (?, ?)";

class ADatabase : public testing::Test {
protected:
    void SetUp() override { open(); }
    void open() {
        database.reset();
        auto opened = Database::open(file, Schema);
        ASSERT_TRUE(opened) << opened.error().text;
        database = std::move(*opened);
    }
    sdk::Result<void> insert(const std::string& name, std::int64_t watts) {
        return database->attempt([&] { database->run(Insert, name, watts); });
    }
    std::int64_t count() { return database->number("SELECT COUNT(*) FROM lamp"); }

    support::TempDirectory directory;
    const std::filesystem::path file = directory.path() / "lamps.sqlite";
    std::unique_ptr<Database> database;
};

TEST_F(ADatabase, keeps_what_was_written_when_it_is_opened_again) {
    ASSERT_TRUE(insert("hall", 40));
    open();
    auto rows = database->select("SELECT name, watts FROM lamp WHERE watts = ?", std::int64_t{40});
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.text(0), "hall");
    EXPECT_EQ(rows.number(1), 40);
    EXPECT_FALSE(rows.next());
}

TEST_F(ADatabase, takes_texts_with_any_bytes_and_empty_ones_apart_from_none) {
    const std::string strange("a'; DROP TABLE lamp; --\0\n", 25);
    ASSERT_TRUE(insert(strange, 1));
    ASSERT_TRUE(
        database->attempt([&] { database->run(Insert, std::string_view(), std::int64_t{2}); }));
    auto rows = database->select("SELECT name FROM lamp WHERE name IS NOT NULL ORDER BY watts");
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.text(0), strange);
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.text(0), "");
}

TEST_F(ADatabase, gives_what_the_work_gives_or_says_what_failed) {
    EXPECT_EQ(database->attempt([&] { return count(); }).value(), 0);
    ASSERT_TRUE(insert("hall", 40));
    const auto again = insert("hall", 60);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, sdk::ErrorKind::Unavailable);
    EXPECT_NE(again.error().text.find("UNIQUE"), std::string::npos) << again.error().text;
    const auto wrong = database->attempt([&] { return database->number("SELECT tree"); });
    ASSERT_FALSE(wrong);
    EXPECT_NE(wrong.error().text.find("tree"), std::string::npos) << wrong.error().text;
}

TEST_F(ADatabase, leaves_nothing_of_a_work_that_fails_half_way) {
    const auto failed = database->attempt([&] {
        return database->all_or_nothing([&]() -> int {
            database->run(Insert, "hall", std::int64_t{40});
            throw std::runtime_error("out of lamps");
        });
    });
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().text, "out of lamps");
    EXPECT_EQ(count(), 0);
    const auto done = database->attempt([&] {
        return database->all_or_nothing([&] {
            database->run(Insert, "hall", std::int64_t{40});
            return 7;
        });
    });
    EXPECT_EQ(done.value(), 7);
    EXPECT_EQ(count(), 1);
}

TEST_F(ADatabase, says_which_file_it_cannot_open) {
    const auto missing = directory.path() / "none" / "lamps.sqlite";
    const auto no_folder = Database::open(missing, Schema);
    ASSERT_FALSE(no_folder);
    EXPECT_EQ(no_folder.error().text.rfind("opening " + missing.string() + ": ", 0), 0U)
        << no_folder.error().text;

    const auto other = directory.path() / "letter.txt";
    std::ofstream(other) << std::string(4096, 'x');
    const auto no_database = Database::open(other, Schema);
    ASSERT_FALSE(no_database);
    EXPECT_EQ(no_database.error().kind, sdk::ErrorKind::Unavailable);
}

}  // namespace
}  // namespace ajour::sqlite_file
