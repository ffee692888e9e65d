// SPDX-License-Identifier: Apache-2.0
#include "settings/host_rows.hpp"

#include <ajour/sdk/settings.hpp>

#include <gmock/gmock.h>

#include <chrono>
#include <filesystem>

namespace ajour::settings {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(HostRows, are_a_right_table) {
    auto rows = host_table().rows;
    rows.push_back(sdk::end_of_settings);
    const auto checked = checked_rows(rows.data());
    ASSERT_TRUE(checked) << checked.error().text;
    EXPECT_EQ(checked->size(), host_table().rows.size());
}

TEST(HostRows, have_values_without_a_file) {
    const auto checked = check_host({});
    EXPECT_THAT(checked.problems, IsEmpty());
    EXPECT_EQ(checked.section.integer("update.block.max"), 1024);
    EXPECT_EQ(checked.section.integer("ajour.log.max_size"), 10 << 20);
    EXPECT_EQ(checked.section.duration("exchange.patience"), std::chrono::seconds(3));
    EXPECT_EQ(checked.section.text("ajour.state"),
              (std::filesystem::current_path() / "var").string());
    EXPECT_EQ(checked.section.text("store.file"), "");
}

TEST(HostRows, paths_start_at_the_directory_that_is_set) {
    const auto checked = check_host(*parse("ajour.directory = /srv/ajour\najour.state = s"));
    EXPECT_EQ(checked.section.text("ajour.state"), "/srv/ajour/s");
    EXPECT_EQ(base_directory(*parse("ajour.directory = sub")),
              std::filesystem::current_path() / "sub");
}

TEST(HostRows, are_checked_together) {
    const auto checked = check_host(*parse("update.block.max = 256", "f"));
    ASSERT_EQ(checked.problems.size(), 1U);
    EXPECT_EQ(checked.problems.front().sentence(),
              "update.block.default: found 512, expected at most update.block.max, 256");
    EXPECT_THAT(check_host(*parse("update.block.max=256\nupdate.block.default=256")).problems,
                IsEmpty());
}

}  // namespace
}  // namespace ajour::settings
