// SPDX-License-Identifier: Apache-2.0
// What holds for every device, image and link, and for every situation, however absurd.
#include "support/step_rules.hpp"
#include "support/step_text.hpp"
#include "update/decide.hpp"

#include <gtest/gtest.h>

#include <random>

namespace ajour::update {

namespace {

constexpr std::uint32_t huge = 0xffffffff;
constexpr std::uint32_t mtus[] = {0, 1, 3, 4, 5, 7, 8, 9, 512, huge};
constexpr std::optional<std::uint32_t> rooms[] = {std::nullopt, 1, 6, 8, 100, huge};

Situation half_way(std::uint32_t size, std::uint32_t offset, std::uint32_t mtu,
                   std::optional<std::uint32_t> room) {
    Situation situation;
    situation.claim.running = "1";
    situation.claim.mtu = mtu;
    situation.claim.writing = "2";
    situation.claim.offset = offset;
    situation.target.emplace();
    situation.target->version = "2";
    situation.target->size = size;
    if (room) situation.room = Room{*room, *room};
    return situation;
}

/// The blocks from an offset to the swap, each taken to the end of the one before.
std::uint32_t blocks_until_swap(std::uint32_t size, std::uint32_t offset, std::uint32_t mtu,
                                std::optional<std::uint32_t> room) {
    std::uint32_t blocks = 0;
    while (true) {
        const auto situation = half_way(size, offset, mtu, room);
        const auto step = decide(situation);
        EXPECT_EQ(support::broken_rule(situation, step), "");
        if (std::holds_alternative<Complete>(step)) return blocks;
        const auto* block = std::get_if<NeedBlock>(&step);
        if (block == nullptr || block->offset != offset || block->length == 0) {
            ADD_FAILURE() << support::text_of(step) << " at " << offset << " of " << size
                          << ", mtu " << mtu;
            return blocks;
        }
        offset += block->length;
        ++blocks;
    }
}

TEST(DecideProperty, each_byte_goes_out_once_and_in_order_whatever_the_size_and_the_mtu) {
    for (std::uint32_t size = 1; size <= 300; ++size) {
        for (const auto mtu : mtus) blocks_until_swap(size, 0, mtu, std::nullopt);
    }
}

TEST(DecideProperty, an_update_goes_on_from_every_offset) {
    for (const std::uint32_t size : {1U, 7U, 8U, 13U, 77U, 128U}) {
        for (std::uint32_t offset = 0; offset <= size; ++offset) {
            for (const auto mtu : mtus) {
                for (const auto& room : rooms) blocks_until_swap(size, offset, mtu, room);
            }
        }
    }
}

TEST(DecideProperty, large_images_take_as_few_blocks_as_the_mtu_allows) {
    constexpr std::uint32_t size = 64 * 1024;
    EXPECT_EQ(blocks_until_swap(size, 0, 512, std::nullopt), 128U);
    EXPECT_EQ(blocks_until_swap(size, 0, 0, std::nullopt), 128U);
    EXPECT_EQ(blocks_until_swap(size, 0, huge, std::nullopt), 64U);
    EXPECT_EQ(blocks_until_swap(size, 0, huge, 519), 128U);
    EXPECT_EQ(blocks_until_swap(size + 13, 0, 512, std::nullopt), 131U);  // and 8, 4, 1
}

/// Draws from few values, so that they meet: versions that match, offsets at the edges.
class Garbage {
public:
    Situation situation() {
        Situation s;
        s.claim = {version(), maybe(number()), std::nullopt, number()};
        if (flip()) s.claim.writing = version();
        if (flip()) s.target = image();
        if (flip()) s.previous = image();
        s.absent = static_cast<Cause>(random_() % 11);
        s.retry = number();
        if (flip()) s.room = Room{number(), number()};
        s.limits = {8 + number() % 70'000,
                    number(),
                    number(),
                    number(),
                    flip() ? Retarget::Finish : Retarget::Restart,
                    flip() ? Replicas::One : Replicas::Many};
        return s;
    }

private:
    bool flip() { return random_() % 2 == 0; }
    std::string_view version() {
        constexpr std::string_view versions[] = {"", "1", "2", "3"};
        return versions[random_() % 4];
    }
    std::uint32_t number() {
        constexpr std::uint32_t edges[] = {0, 1, 3, 8, 511, 512, 513, 4096, huge - 1, huge};
        return random_() % 3 == 0 ? static_cast<std::uint32_t>(random_()) : edges[random_() % 10];
    }
    std::optional<std::uint32_t> maybe(std::uint32_t value) {
        return flip() ? std::optional(value) : std::nullopt;
    }
    Image image() {
        Image image;
        image.version = version();
        image.size = number();
        image.permit = static_cast<sdk::Permit>(random_() % 3);
        image.served = maybe(number());
        image.differs = random_() % 4 == 0;
        image.starts_over = static_cast<std::uint8_t>(random_() % 5);
        image.reverted = random_() % 4 == 0;
        return image;
    }

    std::mt19937 random_{20260101};
};

TEST(DecideProperty, no_situation_breaks_a_rule) {
    Garbage garbage;
    std::map<std::size_t, int> kinds;
    for (int i = 0; i < 300'000; ++i) {
        const auto situation = garbage.situation();
        const auto step = decide(situation);
        ASSERT_EQ(support::broken_rule(situation, step), "") << support::text_of(step);
        ++kinds[step.index()];
    }
    EXPECT_EQ(kinds.size(), 4U) << "the garbage does not reach every kind of step";
}

TEST(DecideProperty, a_block_is_as_long_as_words_allow) {
    EXPECT_EQ(block_length(1000, 512), 512U);
    EXPECT_EQ(block_length(1000, 515), 512U);
    EXPECT_EQ(block_length(7, 512), 4U);
    EXPECT_EQ(block_length(3, 512), 3U);
    EXPECT_EQ(block_length(0, 512), 0U);
    EXPECT_EQ(block_length(512, 0), 0U);
    EXPECT_EQ(block_length(huge, huge), huge - 7);
}

}  // namespace

}  // namespace ajour::update
