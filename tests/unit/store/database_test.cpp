// SPDX-License-Identifier: Apache-2.0
#include "store/database.hpp"

#include "opened.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <stdexcept>
#include <thread>

namespace ajour::store {
namespace {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

struct DatabaseOf : Opened {
    std::int64_t tokens() {
        return *database->read([](Connection& sql) -> Result<std::int64_t> {
            auto rows = sql.select("SELECT count(*) FROM tokens");
            rows.next();
            return rows.integer(0);
        });
    }
    static void add_token(Connection& sql, std::string_view id) {
        sql.run("INSERT INTO tokens VALUES (?, '', '', x'00', 'admin')", id);
    }
};

TEST_F(DatabaseOf, keeps_a_change_that_succeeded) {
    ASSERT_TRUE(database
                    ->change(Durability::Registry,
                             [](Connection& sql) { return add_token(sql, "a"), Result<void>(); })
                    .ok());
    EXPECT_EQ(tokens(), 1);
}

TEST_F(DatabaseOf, leaves_nothing_of_a_change_that_returned_an_error) {
    const auto changed = database->change(Durability::Reported, [](Connection& sql) {
        add_token(sql, "a");
        return Result<void>(Error{ErrorKind::Refused, "no"});
    });
    EXPECT_EQ(changed.error().kind, ErrorKind::Refused);
    EXPECT_EQ(tokens(), 0);
}

TEST_F(DatabaseOf, leaves_nothing_of_a_change_that_threw) {
    const auto changed =
        database->change(Durability::Registry, [](Connection& sql) -> Result<void> {
            add_token(sql, "a");
            throw std::runtime_error("broken");
        });
    EXPECT_EQ(changed.error().kind, ErrorKind::Internal);
    EXPECT_EQ(tokens(), 0);
}

TEST_F(DatabaseOf, turns_failures_of_sql_into_errors_and_goes_on) {
    const auto twice = [](Connection& sql) {
        add_token(sql, "a");
        add_token(sql, "a");
        return Result<void>();
    };
    const auto changed = database->change(Durability::Registry, twice);
    EXPECT_EQ(changed.error().kind, ErrorKind::Internal);
    EXPECT_THAT(changed.error().text, testing::HasSubstr("UNIQUE"));
    EXPECT_FALSE(database
                     ->change(Durability::Registry,
                              [](Connection& sql) {
                                  return sql.run("INSERT INTO absent VALUES (1)"), Result<void>();
                              })
                     .ok());
    EXPECT_EQ(tokens(), 0);
    EXPECT_TRUE(objects.create_application(application_body("app")).ok());
}

TEST_F(DatabaseOf, says_that_the_disk_is_full_and_loses_nothing) {
    ASSERT_TRUE(objects.create_application(application_body("app")).ok());
    ASSERT_TRUE(database
                    ->change(Durability::Registry,
                             [](Connection& sql) {
                                 (void)sql.select("PRAGMA max_page_count=1").next();
                                 return Result<void>();
                             })
                    .ok());
    auto body = device_body("app", "d");
    body["spec"]["x"] = std::string(60'000, 'x');
    const auto created = objects.create_device(body);
    ASSERT_FALSE(created.ok());
    EXPECT_EQ(created.error().kind, ErrorKind::Full);
    EXPECT_TRUE(objects.find({"app", ""}).ok());
}

TEST_F(DatabaseOf, is_for_its_owner_only) {
    ASSERT_TRUE(objects.create_application(application_body("app")).ok());
    for (const auto* suffix : {"", "-wal", "-shm"}) {
        struct stat status {};
        ASSERT_EQ(::stat((file().string() + suffix).c_str(), &status), 0) << suffix;
        EXPECT_EQ(status.st_mode & 0777, 0600u) << suffix;
    }
}

TEST_F(DatabaseOf, serves_readers_and_writers_at_once) {
    ASSERT_TRUE(objects.create_application(application_body("app")).ok());
    std::atomic<int> failures = 0;
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&, thread] {
                for (int i = 0; i < 50; ++i) {
                    const auto name = std::to_string(thread) + "-" + std::to_string(i);
                    if (!objects.create_device(device_body("app", name)).ok()) ++failures;
                    if (!objects.find({"app", name}).ok()) ++failures;
                }
            });
        }
    }
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(objects.count()->devices, 200u);
}

TEST(OpenDatabase, names_the_file_that_it_cannot_open) {
    const support::TempDirectory directory;
    const auto opened = Database::open(directory.path() / "absent" / "ajour.db");
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().kind, ErrorKind::Unavailable);
    EXPECT_THAT(opened.error().text, testing::HasSubstr("absent/ajour.db"));
}

TEST(OpenDatabase, refuses_a_file_that_is_something_else) {
    const support::TempDirectory directory;
    const auto file = directory.write("ajour.db", std::string(8192, 'x'));
    const auto opened = Database::open(file);
    ASSERT_FALSE(opened.ok());
    EXPECT_THAT(opened.error().text, testing::HasSubstr("not a database"));
    EXPECT_EQ(support::content_of(file), std::string(8192, 'x'));
}

}  // namespace
}  // namespace ajour::store
