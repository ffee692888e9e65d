// SPDX-License-Identifier: Apache-2.0
// A process is killed while it writes: what it acknowledged is there afterwards, whole.
#include "store/database.hpp"
#include "store/embedded_registry.hpp"
#include "store/objects.hpp"
#include "support/temp_directory.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>
#include <thread>

namespace ajour::store {
namespace {

Json device(int number, const std::string& padding) {
    return {{"metadata", {{"application", "app"}, {"name", std::to_string(number)}}},
            {"spec", {{"alias", {"alias-" + std::to_string(number)}}, {"padding", padding}}}};
}

/// The child: creates devices and reports on them, and says so after each, until it is killed.
[[noreturn]] void write_until_killed(const std::filesystem::path& file, int first, int pipe) {
    auto database = Database::open(file);
    if (!database) ::_exit(3);
    Objects objects(**database);
    EmbeddedRegistry registry(**database, objects);
    const std::string padding(3000, 'x');
    for (int number = first;; ++number) {
        if (!objects.create_device(device(number, padding)).ok()) ::_exit(4);
        if (::write(pipe, &number, sizeof number) != sizeof number) ::_exit(5);
        const sdk::Report report{{"app", std::to_string(number)}, "1", "2", {}};
        if (!registry.report({&report, 1}).ok()) ::_exit(6);
    }
}

/// Returns the last number that the child acknowledged.
int run_and_kill(const std::filesystem::path& file, int first, std::chrono::milliseconds after) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("pipe failed");
    const pid_t child = ::fork();
    if (child == 0) write_until_killed(file, first, ends[1]);
    ::close(ends[1]);
    int last = first - 1;
    int number = 0;
    if (::read(ends[0], &number, sizeof number) == sizeof number) last = number;
    std::this_thread::sleep_for(after);
    ::kill(child, SIGKILL);
    while (::read(ends[0], &number, sizeof number) == sizeof number) last = number;
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended with " << WEXITSTATUS(status);
    return last;
}

void expect_whole(Database& database) {
    const auto checked = database.read([](Connection& sql) -> sdk::Result<std::string> {
        auto rows = sql.select("PRAGMA integrity_check");
        rows.next();
        return std::string(rows.text(0));
    });
    ASSERT_TRUE(checked.ok()) << checked.error().text;
    EXPECT_EQ(*checked, "ok");
}

TEST(StoreKilledWhileWriting, has_all_that_was_acknowledged) {
    const support::TempDirectory directory;
    const auto file = directory.path() / "ajour.db";
    ASSERT_TRUE(
        Objects(**Database::open(file)).create_application({{"metadata", {{"name", "app"}}}}).ok());
    std::minstd_rand random(7);
    int last = -1;
    for (int round = 0; round < 10; ++round) {
        const std::chrono::milliseconds after(random() % 60);
        last = run_and_kill(file, last + 1, after);
        auto database = *Database::open(file);
        expect_whole(*database);
        Objects objects(*database);
        EmbeddedRegistry registry(*database, objects);
        for (int number = 0; number <= last; ++number) {
            const auto name = std::to_string(number);
            ASSERT_TRUE(objects.find({"app", name}).ok()) << "lost device " << name;
            ASSERT_TRUE(registry.look_up({"app", "alias-" + name}).ok())
                << "lost alias of " << name;
        }
        // One more may have been written without its acknowledgement; the next round takes the
        // number after.
        if (objects.find({"app", std::to_string(last + 1)}).ok()) ++last;
        EXPECT_EQ(objects.count()->devices, static_cast<std::uint64_t>(last + 1));
    }
    EXPECT_GT(last, 10);
}

}  // namespace
}  // namespace ajour::store
