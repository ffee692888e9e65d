// SPDX-License-Identifier: Apache-2.0
#include "protocol/command.hpp"
#include "protocol/status.hpp"
#include "vectors.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

namespace {
std::size_t allocations = 0;
}

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace ajour::test {

namespace {

TEST(Allocation, is_counted_here) {
    const auto before = allocations;
    EXPECT_EQ(std::make_unique<std::string>(100, 'x')->size(), 100U);
    EXPECT_GE(allocations, before + 2);
}

TEST(Allocation, does_not_happen_while_a_cbor_status_is_read) {
    int read = 0;
    for (const auto& vector : load_vectors("statuses.txt")) {
        if (!protocol::decode_status(vector.bytes)) continue;  // an error has a text
        const auto before = allocations;
        const auto status = protocol::decode_status(vector.bytes);
        const auto after = allocations;
        EXPECT_TRUE(status);
        EXPECT_EQ(after, before) << vector.name;
        ++read;
    }
    EXPECT_GT(read, 40);
}

TEST(Allocation, does_not_happen_while_a_command_is_encoded) {
    const sdk::Bytes data(1024, 0xaa);
    std::array<std::uint8_t, 1200> room;
    const auto version = sdk::bytes_of("1.0.1");
    const protocol::Command commands[] = {protocol::Wait{1, 2}, protocol::Sync{version, 1, 2},
                                          protocol::Write{version, 1, 2, data},
                                          protocol::Swap{version, 1, data}};
    for (const auto& command : commands) {
        const auto before = allocations;
        const auto size = protocol::encode(command, room);
        const auto after = allocations;
        EXPECT_GT(size, 0U);
        EXPECT_EQ(after, before);
    }
}

}  // namespace

}  // namespace ajour::test
