// SPDX-License-Identifier: Apache-2.0
#include "protocol/write_room.hpp"

#include "protocol/version.hpp"

#include <gtest/gtest.h>

#include <random>

namespace ajour::protocol {

namespace {

constexpr std::size_t most_bytes = 70'000;

const sdk::Bytes& many_bytes() {
    static const sdk::Bytes bytes(most_bytes, 0xaa);
    return bytes;
}

sdk::ByteView version_of(std::size_t size) {
    return sdk::ByteView(many_bytes()).first(size);
}

/// As the encoder makes it.
std::size_t size_with(Write write, std::size_t data) {
    static sdk::Bytes room(most_bytes + command_overhead + Version::max_size);
    write.data = sdk::ByteView(many_bytes()).first(data);
    return encode(write, room);
}

/// What fits takes no more than the room, and one byte more of data would.
void expect_exact(const Write& write, std::uint32_t room) {
    const auto most = most_data(write, room);
    ASSERT_LT(most, most_bytes);
    if (most > 0) {
        ASSERT_LE(size_with(write, most), room) << most;
    }
    ASSERT_GT(size_with(write, most + 1), room) << most;
}

class Numbers {
public:
    std::uint32_t any() {
        constexpr std::uint32_t edges[] = {0, 23, 24, 255, 256, 65535, 65536, 0xffffffff};
        const auto bits = random_();
        return bits % 3 == 0 ? edges[random_() % 8] : static_cast<std::uint32_t>(random_());
    }
    Write write() {
        Write write;
        write.version = version_of(random_() % (Version::max_size + 1));
        if (random_() % 3 != 0) write.correlation_id = any() >> random_() % 32;
        write.offset = any() >> random_() % 32;
        return write;
    }

private:
    std::mt19937 random_{20260102};
};

TEST(WriteRoom, is_all_that_fits_and_no_byte_more_whatever_the_command) {
    Numbers numbers;
    for (int i = 0; i < 20'000; ++i) {
        const auto write = numbers.write();
        expect_exact(write, numbers.any() % 600);
        if (HasFatalFailure()) return;
    }
}

TEST(WriteRoom, is_exact_where_the_head_of_the_data_grows) {
    Numbers numbers;
    for (int i = 0; i < 20; ++i) {
        const auto write = numbers.write();
        for (const std::uint32_t edge : {24U, 256U, 65536U}) {
            const auto size = static_cast<std::uint32_t>(size_with(write, edge));
            for (auto room = size - 5; room < size + 3; ++room) expect_exact(write, room);
        }
        if (HasFatalFailure()) return;
    }
}

TEST(WriteRoom, is_no_more_than_a_head_can_tell) {
    const Write write{version_of(5), std::nullopt, 0, {}};
    EXPECT_EQ(most_data(write, 0xffffffff), 0xffffffff - 15 - 5);
    EXPECT_EQ(most_data({version_of(255), 0xffffffff, 0xffffffff, {}}, 0), 0U);
}

TEST(WriteRoom, is_that_of_the_downlinks_of_lorawan) {
    const struct {
        std::uint32_t room, offset;
        CorrelationId id;
        std::uint32_t data;
    } rows[] = {
        {51, 0, std::nullopt, 34},      {51, 512, std::nullopt, 32},
        {51, 65536, std::nullopt, 30},  {51, 65536, 65536, 26},
        {33, 512, std::nullopt, 15},    {53, 512, std::nullopt, 34},
        {115, 65536, std::nullopt, 94}, {222, 65536, std::nullopt, 201},
        {11, 0, std::nullopt, 0},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(most_data({version_of(5), row.id, row.offset, {}}, row.room), row.data)
            << row.room << " from " << row.offset;
    }
}

}  // namespace

}  // namespace ajour::protocol
