// SPDX-License-Identifier: Apache-2.0
#include "archive/mapped_memory.hpp"

#include "support/temp_directory.hpp"

#include <gmock/gmock.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

using namespace ajour::oci;
using ajour::sdk::ErrorKind;
using testing::HasSubstr;

namespace {

constexpr std::size_t Large = 8U << 20;

std::uint64_t anonymous_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("RssAnon:")) return std::stoull(line.substr(8));
    }
    return 0;
}

struct MappedMemoryTest : testing::Test {
    ajour::support::TempDirectory temp;
    MappedMemory memory{temp.path()};
};

TEST_F(MappedMemoryTest, has_what_is_large_in_no_pages_that_must_stay) {
    const auto before = anonymous_kib();
    auto* piece = memory.allocate(Large);
    ASSERT_NE(piece, nullptr);
    std::memset(piece, 1, Large);
    EXPECT_LT(anonymous_kib(), before + (1U << 10));
    memory.free(piece);
}

TEST_F(MappedMemoryTest, leaves_no_file) {
    ASSERT_NE(memory.allocate(Large), nullptr);
    EXPECT_TRUE(std::filesystem::is_empty(temp.path()));
}

TEST_F(MappedMemoryTest, takes_what_is_small_from_the_heap) {
    MappedMemory nowhere{temp.path() / "missing"};
    auto* piece = nowhere.allocate(1000);
    ASSERT_NE(piece, nullptr);
    std::memset(piece, 1, 1000);
    nowhere.free(piece);
    nowhere.free(nullptr);
    EXPECT_FALSE(nowhere.failure());
}

TEST_F(MappedMemoryTest, says_why_there_is_none) {
    MappedMemory nowhere{temp.path() / "missing"};
    EXPECT_EQ(nowhere.allocate(Large), nullptr);
    ASSERT_TRUE(nowhere.failure());
    EXPECT_EQ(nowhere.failure()->kind, ErrorKind::Unavailable);
    EXPECT_THAT(nowhere.failure()->text, HasSubstr("missing: No such file or directory"));
}

TEST_F(MappedMemoryTest, is_full_before_anything_is_written_where_there_is_no_room) {
    MappedMemory small{"/dev/shm"};
    EXPECT_EQ(small.allocate(std::size_t{1} << 42), nullptr);
    ASSERT_TRUE(small.failure());
    EXPECT_EQ(small.failure()->kind, ErrorKind::Full) << small.failure()->text;
}

}  // namespace
