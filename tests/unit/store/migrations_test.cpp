// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.hpp"

#include "opened.hpp"
#include "store/connection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ajour::store {
namespace {

using sdk::ErrorKind;
using Mode = Connection::Mode;

struct Migrations : testing::Test {
    std::int64_t number(Connection& connection, std::string_view sql) {
        auto rows = connection.select(sql);
        return rows.next() ? rows.integer(0) : -1;
    }

    support::TempDirectory directory;
    std::filesystem::path file = directory.path() / "ajour.db";
};

TEST_F(Migrations, lead_a_database_of_version_1_forward_with_what_is_in_it) {
    {
        Connection connection(file, Mode::ReadWrite);
        ASSERT_TRUE(migrate(connection, migration_steps().first(1)).ok());
        EXPECT_EQ(number(connection, "PRAGMA user_version"), 1);
        connection.run(
            "INSERT INTO objects (application, device, uid, created, generation, resource_version, "
            "deleted, labels, annotations, finalizers, spec, status) VALUES "
            "('old', '', 'u', '2023-01-27T10:11:12Z', 4, 'r', '', '{}', '{}', '[]', '{\"x\":1}', "
            "'{}')");
    }
    const auto database = Opened::open(file);
    const auto found = Objects(*database).find({"old", ""});
    ASSERT_TRUE(found.ok()) << found.error().text;
    EXPECT_EQ((*found)["spec"]["x"], 1);
    EXPECT_EQ((*found)["metadata"]["generation"], 4);
    Connection connection(file, Mode::ReadOnly);
    EXPECT_EQ(number(connection, "PRAGMA user_version"), std::ssize(migration_steps()));
}

TEST_F(Migrations, leave_a_database_as_it_was_when_a_step_fails) {
    Connection connection(file, Mode::ReadWrite);
    const char* const steps[] = {"CREATE TABLE a (x)", "CREATE TABLE b (x); CREATE TABLE a (x)"};
    EXPECT_THROW((void)migrate(connection, steps), SqlFailure);
    EXPECT_EQ(number(connection, "PRAGMA user_version"), 1);
    EXPECT_EQ(number(connection, "SELECT count(*) FROM sqlite_schema"), 1);
}

TEST_F(Migrations, refuse_a_database_of_a_newer_version) {
    Opened::open(file);
    const auto newer = std::ssize(migration_steps()) + 1;
    Connection(file, Mode::ReadWrite)
        .execute(("PRAGMA user_version=" + std::to_string(newer)).c_str());
    const auto opened = Database::open(file);
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().kind, ErrorKind::Mismatch);
    EXPECT_THAT(opened.error().text,
                testing::AllOf(testing::HasSubstr(file.string()),
                               testing::HasSubstr("version " + std::to_string(newer)),
                               testing::HasSubstr("run a newer Ajour")));
}

TEST_F(Migrations, refuse_a_database_of_another_program) {
    Connection(file, Mode::ReadWrite).execute("CREATE TABLE theirs (x)");
    const auto opened = Database::open(file);
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().kind, ErrorKind::Mismatch);
    Connection connection(file, Mode::ReadOnly);
    EXPECT_EQ(number(connection, "SELECT count(*) FROM sqlite_schema"), 1);
}

}  // namespace
}  // namespace ajour::store
