// SPDX-License-Identifier: Apache-2.0
#include "answer_memory.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::coap {
namespace {

using namespace std::chrono_literals;
using sdk::bytes_of;

constexpr SipKey key{1, 2};

Received received(std::uint16_t port, std::uint16_t id, std::uint64_t digest = 0) {
    Received made;
    made.peer.port = port;
    made.id = id;
    made.digest = digest;
    return made;
}

std::string found(const AnswerMemory& memory, const Received& what,
                  std::chrono::milliseconds now = 0ms) {
    const auto answer = memory.find(what, now);
    return answer ? std::string(sdk::text_of(*answer)) : "unknown";
}

TEST(AnswerMemory, tells_what_was_answered) {
    AnswerMemory memory(65536, 247s, key);
    EXPECT_EQ(found(memory, received(1, 1)), "unknown");
    memory.remember(received(1, 1), bytes_of("one"), 0ms);
    memory.remember(received(1, 2), bytes_of(""), 0ms);
    EXPECT_EQ(found(memory, received(1, 1)), "one");
    EXPECT_EQ(found(memory, received(1, 2)), "");
    EXPECT_EQ(found(memory, received(2, 1)), "unknown");
}

TEST(AnswerMemory, tells_a_datagram_from_another_one_with_the_same_id) {
    AnswerMemory memory(65536, 247s, key);
    memory.remember(received(1, 1, 7), bytes_of("before the restart"), 0ms);
    EXPECT_EQ(found(memory, received(1, 1, 8)), "unknown");
    memory.remember(received(1, 1, 8), bytes_of("after it"), 0ms);
    EXPECT_EQ(found(memory, received(1, 1, 8)), "after it");
}

TEST(AnswerMemory, forgets_after_the_lifetime) {
    AnswerMemory memory(65536, 247s, key);
    memory.remember(received(1, 1), bytes_of("one"), 1000ms);
    EXPECT_EQ(found(memory, received(1, 1), 248000ms), "one");
    EXPECT_EQ(found(memory, received(1, 1), 248001ms), "unknown");
}

TEST(AnswerMemory, keeps_the_newest_in_a_ring_of_any_size) {
    for (std::size_t bytes : {4096U, 5000U, 8192U, 65536U}) {
        AnswerMemory memory(bytes, 247s, key);
        for (int i = 0; i < 5000; ++i) {
            const std::string answer(static_cast<std::size_t>(i * 37 % 600), 'a');
            const auto id = static_cast<std::uint16_t>(i);
            memory.remember(received(1, id), bytes_of(answer), 0ms);
            ASSERT_EQ(found(memory, received(1, id)), answer) << bytes << " " << i;
            const auto before = static_cast<std::uint16_t>(i - 1);
            const std::string previous(static_cast<std::size_t>((i + 4999) * 37 % 600), 'a');
            if (i > 0) {
                ASSERT_NE(found(memory, received(1, before)), "unknown") << i;
            }
        }
        EXPECT_EQ(found(memory, received(1, 0)), "unknown");
    }
}

TEST(AnswerMemory, drops_no_more_than_it_must) {
    const std::size_t each = AnswerMemory::overhead() + 104;
    AnswerMemory memory(100 * each, 247s, key);
    const std::string answer(104, 'a');
    for (std::uint16_t id = 0; id < 1000; ++id) {
        memory.remember(received(1, id), bytes_of(answer), 0ms);
    }
    int known = 0;
    for (std::uint16_t id = 0; id < 1000; ++id) known += memory.find(received(1, id), 0ms) ? 1 : 0;
    EXPECT_EQ(known, 100);
    EXPECT_EQ(memory.used(), 100 * each);
    EXPECT_EQ(memory.dropped_early(), 900U);
}

TEST(AnswerMemory, passes_over_an_answer_that_is_larger_than_itself) {
    AnswerMemory memory(4096, 247s, key);
    memory.remember(received(1, 1), bytes_of("one"), 0ms);
    memory.remember(received(1, 2), bytes_of(std::string(5000, 'a')), 0ms);
    EXPECT_EQ(found(memory, received(1, 2)), "unknown");
    EXPECT_EQ(found(memory, received(1, 1)), "one");
}

}  // namespace
}  // namespace ajour::coap
