// SPDX-License-Identifier: Apache-2.0
// The figures of "RP002-1.0.5 LoRaWAN Regional Parameters", by its tables.
#include "region.hpp"

#include <gtest/gtest.h>

#include <map>
#include <vector>

namespace ajour::lora {
namespace {

using Sizes = std::map<std::uint32_t, std::uint32_t>;   // by data rate
using Rates = std::vector<std::vector<std::uint32_t>>;  // by uplink data rate, then RX1DROffset

constexpr Limits direct{false, false, true};
constexpr Limits through_repeaters{true, false, true};
constexpr Limits dwell{false, true, true};
constexpr std::uint32_t data_rates = 16;

void expect_sizes(Region region, const Limits& limits, const Sizes& table) {
    for (std::uint32_t rate = 0; rate < data_rates; ++rate) {
        const auto row = table.find(rate);
        const auto expected = row == table.end() ? 0 : row->second;
        EXPECT_EQ(payload_max(region, rate, limits), expected) << "DR" << rate;
    }
}

void expect_rates(Region region, const Rates& table, bool within_dwell = false) {
    for (std::uint32_t uplink = 0; uplink < table.size(); ++uplink) {
        for (std::uint32_t offset = 0; offset < table[uplink].size(); ++offset) {
            EXPECT_EQ(downlink_data_rate(region, uplink, offset, within_dwell),
                      table[uplink][offset])
                << "after DR" << uplink << " at offset " << offset;
        }
    }
}

/// Of the tables with repeaters: no size beyond 222.
Sizes cut(Sizes sizes) {
    for (auto& [rate, bytes] : sizes) bytes = std::min(bytes, 222U);
    return sizes;
}

const Sizes eu868_sizes{{0, 51},  {1, 51},  {2, 51},  {3, 115},
                        {4, 242}, {5, 242}, {6, 242}, {7, 242}};
const Sizes wide_sizes{{8, 53}, {9, 129}, {10, 242}, {11, 242}, {12, 242}, {13, 242}};

TEST(RegionTables, tables_15_and_16_of_europe) {
    expect_sizes(Region::EU868, direct, eu868_sizes);
    expect_sizes(Region::EU868, through_repeaters, cut(eu868_sizes));
    expect_sizes(Region::EU868, dwell, eu868_sizes);
}

TEST(RegionTables, tables_24_and_25_of_america) {
    Sizes sizes{{0, 11}, {1, 53}, {2, 125}, {3, 242}, {4, 242}};
    sizes.insert(wide_sizes.begin(), wide_sizes.end());
    expect_sizes(Region::US915, direct, sizes);
    expect_sizes(Region::US915, through_repeaters, cut(sizes));
    expect_sizes(Region::US915, dwell, sizes);
}

TEST(RegionTables, tables_44_and_45_of_australia) {
    Sizes sizes{{0, 51}, {1, 51}, {2, 51}, {3, 115}, {4, 242}, {5, 242}, {6, 242}};
    sizes.insert(wide_sizes.begin(), wide_sizes.end());
    expect_sizes(Region::AU915, direct, sizes);
    expect_sizes(Region::AU915, through_repeaters, cut(sizes));
    Sizes within_dwell{{2, 11}, {3, 53}, {4, 125}, {5, 242}, {6, 242}};
    within_dwell.insert(wide_sizes.begin(), wide_sizes.end());
    expect_sizes(Region::AU915, dwell, within_dwell);
}

TEST(RegionTables, tables_72_and_73_of_asia) {
    const Sizes sizes{{0, 51}, {1, 51}, {2, 115}, {3, 115}, {4, 242}, {5, 242}, {6, 242}, {7, 242}};
    expect_sizes(Region::AS923, direct, sizes);
    expect_sizes(Region::AS923, through_repeaters, cut(sizes));
    const Sizes within_dwell{{2, 11}, {3, 53}, {4, 125}, {5, 242}, {6, 242}, {7, 242}};
    expect_sizes(Region::AS923, dwell, within_dwell);
    expect_sizes(Region::AS923, {true, true, true}, cut(within_dwell));
}

TEST(RegionTables, asia_before_rp002_1_0_1_carried_less_at_its_data_rate_2) {
    EXPECT_EQ(payload_max(Region::AS923, 2, {false, false, false}), 51U);
    EXPECT_EQ(payload_max(Region::AS923, 2, {false, true, false}), 11U);
    EXPECT_EQ(payload_max(Region::AS923, 3, {false, false, false}), 115U);
    EXPECT_EQ(payload_max(Region::EU868, 2, {false, false, false}), 51U);
}

TEST(RegionTables, tables_96_and_97_of_india) {
    auto sizes = eu868_sizes;
    sizes.erase(6);
    expect_sizes(Region::IN865, direct, sizes);
    expect_sizes(Region::IN865, through_repeaters, cut(sizes));
}

TEST(RegionTables, table_17_of_the_first_window_in_europe) {
    expect_rates(Region::EU868, {{0, 0, 0, 0, 0, 0},
                                 {1, 0, 0, 0, 0, 0},
                                 {2, 1, 0, 0, 0, 0},
                                 {3, 2, 1, 0, 0, 0},
                                 {4, 3, 2, 1, 0, 0},
                                 {5, 4, 3, 2, 1, 0},
                                 {6, 5, 4, 3, 2, 1},
                                 {7, 6, 5, 4, 3, 2}});
}

TEST(RegionTables, table_26_of_the_first_window_in_america) {
    expect_rates(
        Region::US915,
        {{10, 9, 8, 8}, {11, 10, 9, 8}, {12, 11, 10, 9}, {13, 12, 11, 10}, {13, 13, 12, 11}});
}

TEST(RegionTables, of_the_first_window_in_australia) {
    expect_rates(Region::AU915, {{8, 8, 8, 8, 8, 8},
                                 {9, 8, 8, 8, 8, 8},
                                 {10, 9, 8, 8, 8, 8},
                                 {11, 10, 9, 8, 8, 8},
                                 {12, 11, 10, 9, 8, 8},
                                 {13, 12, 11, 10, 9, 8},
                                 {13, 13, 12, 11, 10, 9}});
}

TEST(RegionTables, tables_74_and_75_of_the_first_window_in_asia) {
    expect_rates(Region::AS923, {{0, 0, 0, 0, 0, 0, 1, 2},
                                 {1, 0, 0, 0, 0, 0, 2, 3},
                                 {2, 1, 0, 0, 0, 0, 3, 4},
                                 {3, 2, 1, 0, 0, 0, 4, 5},
                                 {4, 3, 2, 1, 0, 0, 5, 6},
                                 {5, 4, 3, 2, 1, 0, 6, 7},
                                 {6, 5, 4, 3, 2, 1, 7, 7},
                                 {7, 6, 5, 4, 3, 2, 7, 7}});
    expect_rates(Region::AS923,
                 {{2, 2, 2, 2, 2, 2, 2, 2},
                  {2, 2, 2, 2, 2, 2, 2, 3},
                  {2, 2, 2, 2, 2, 2, 3, 4},
                  {3, 2, 2, 2, 2, 2, 4, 5},
                  {4, 3, 2, 2, 2, 2, 5, 6},
                  {5, 4, 3, 2, 2, 2, 6, 7},
                  {6, 5, 4, 3, 2, 2, 7, 7},
                  {7, 6, 5, 4, 3, 2, 7, 7}},
                 true);
}

TEST(RegionTables, table_98_of_the_first_window_in_india) {
    expect_rates(Region::IN865, {{0, 0, 0, 0, 0, 0, 1, 2},
                                 {1, 0, 0, 0, 0, 0, 2, 3},
                                 {2, 1, 0, 0, 0, 0, 3, 4},
                                 {3, 2, 1, 0, 0, 0, 4, 5},
                                 {4, 3, 2, 1, 0, 0, 5, 5},
                                 {5, 4, 3, 2, 1, 0, 5, 7}});
    const std::uint32_t of_fsk[] = {7, 5, 5, 4, 3, 2, 7, 7};
    for (std::uint32_t offset = 0; offset < 8; ++offset) {
        EXPECT_EQ(downlink_data_rate(Region::IN865, 7, offset, false), of_fsk[offset]) << offset;
    }
    EXPECT_FALSE(downlink_data_rate(Region::IN865, 6, 0, false));
}

TEST(RegionTables, the_second_window_has_the_data_rate_that_its_section_says) {
    const std::pair<Region, std::uint32_t> table[] = {{Region::EU868, 0},
                                                      {Region::US915, 8},
                                                      {Region::AU915, 8},
                                                      {Region::AS923, 2},
                                                      {Region::IN865, 2}};
    for (const auto& [region, rate] : table) {
        EXPECT_EQ(second_data_rate(region), rate);
        EXPECT_TRUE(is_downlink_data_rate(region, rate));
    }
}

TEST(RegionTables, an_offset_has_a_largest_and_more_counts_as_that) {
    const std::pair<Region, std::uint32_t> table[] = {{Region::EU868, 5},
                                                      {Region::US915, 3},
                                                      {Region::AU915, 5},
                                                      {Region::AS923, 7},
                                                      {Region::IN865, 7}};
    for (const auto& [region, most] : table) {
        EXPECT_EQ(offset_max(region), most);
        EXPECT_EQ(downlink_data_rate(region, 3, 0xffffffff, false),
                  downlink_data_rate(region, 3, most, false));
    }
}

TEST(RegionTables, a_downlink_has_a_data_rate_of_downlinks) {
    EXPECT_FALSE(is_downlink_data_rate(Region::US915, 4));
    EXPECT_TRUE(is_downlink_data_rate(Region::US915, 13));
    EXPECT_FALSE(is_downlink_data_rate(Region::US915, 14));
    EXPECT_FALSE(is_downlink_data_rate(Region::IN865, 6));
    EXPECT_TRUE(is_downlink_data_rate(Region::EU868, 3));
    for (const auto region : {Region::EU868, Region::US915, Region::AU915, Region::AS923}) {
        for (std::uint32_t uplink = 0; uplink < data_rates; ++uplink) {
            const auto down = downlink_data_rate(region, uplink, 0, false);
            EXPECT_TRUE(!down || is_downlink_data_rate(region, *down)) << uplink;
        }
    }
}

}  // namespace
}  // namespace ajour::lora
