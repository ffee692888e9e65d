// SPDX-License-Identifier: Apache-2.0
#include "memory.hpp"

#include <gmock/gmock.h>

using ajour::oci::Memory;
using ajour::sdk::Metric;

namespace {

TEST(Memory, forgets_what_was_not_used_for_longest) {
    Metric count;
    Memory<int> memory(2, count);
    memory.put("a", 1);
    memory.put("b", 2);
    EXPECT_EQ(memory.find("a"), 1);
    memory.put("c", 3);
    EXPECT_EQ(memory.find("b"), std::nullopt);
    EXPECT_EQ(memory.find("a"), 1);
    EXPECT_EQ(memory.find("c"), 3);
    EXPECT_EQ(count.value(), 2);
}

TEST(Memory, replaces_what_it_has_under_a_name) {
    Metric count;
    Memory<int> memory(2, count);
    memory.put("a", 1);
    memory.put("a", 2);
    EXPECT_EQ(memory.find("a"), 2);
    EXPECT_EQ(count.value(), 1);
    memory.forget("a");
    memory.forget("a");
    EXPECT_EQ(count.value(), 0);
}

TEST(Memory, shares_its_count_with_others) {
    Metric count;
    Memory<int> one(2, count), other(2, count);
    one.put("a", 1);
    other.put("a", 1);
    EXPECT_EQ(count.value(), 2);
}

}  // namespace
