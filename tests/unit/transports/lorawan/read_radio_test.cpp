// SPDX-License-Identifier: Apache-2.0
#include "read_settings.hpp"
#include "support/plugin_file.hpp"
#include "support/test_host.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace ajour::lorawan {
namespace {

using std::chrono::seconds;
using Given = std::map<std::string, std::string>;

Settings read(Given given) {
    static const auto& plugin = support::load_plugin("transport", "lorawan");
    return read_settings(support::TestSettings(plugin.settings, std::move(given)));
}

lora::Radio radio(Given given) {
    return read(std::move(given)).uplinks.radio;
}

std::string refusal(Given given) {
    try {
        (void)read(std::move(given));
        return "accepted";
    } catch (const std::runtime_error& thrown) {
        return thrown.what();
    }
}

TEST(ReadRadio, answers_in_the_first_window_by_any_revision_unless_told_otherwise) {
    const auto usual = radio({});
    EXPECT_EQ(usual.region, lora::Region::EU868);
    EXPECT_EQ(usual.windows, lora::Windows::First);
    EXPECT_EQ(usual.second_data_rate, std::nullopt);
    EXPECT_EQ(usual.second_below, 0U);
    EXPECT_FALSE(usual.limits.recent);
    EXPECT_TRUE(usual.limits.repeaters);
}

TEST(ReadRadio, reads_what_is_given) {
    const auto read = radio({{"region", "AS923"},
                             {"region.revision", "rp002-1.0.1"},
                             {"region.rx1_offset", "7"},
                             {"region.window", "both"},
                             {"region.rx2_data_rate", "5"},
                             {"region.rx2_below", "3"}});
    EXPECT_EQ(read.region, lora::Region::AS923);
    EXPECT_TRUE(read.limits.recent);
    EXPECT_EQ(read.offset, 7U);
    EXPECT_EQ(read.windows, lora::Windows::Both);
    EXPECT_EQ(read.second_data_rate, 5U);
    EXPECT_EQ(read.second_below, 3U);
    EXPECT_EQ(radio({{"region.window", "second"}}).windows, lora::Windows::Second);
}

TEST(ReadRadio, says_what_the_region_has_not) {
    const std::string offset =
        "region.rx1_offset: expected at most 3 in US915, 5 in EU868 and AU915";
    EXPECT_EQ(refusal({{"region", "US915"}, {"region.rx1_offset", "4"}}), offset);
    EXPECT_EQ(refusal({{"region.rx1_offset", "6"}}), offset);
    EXPECT_EQ(refusal({{"region", "IN865"}, {"region.rx1_offset", "7"}}), "accepted");
    const std::string rate = "region.rx2_data_rate: expected one that downlinks of the region have";
    EXPECT_EQ(refusal({{"region", "US915"}, {"region.rx2_data_rate", "3"}}), rate);
    EXPECT_EQ(refusal({{"region.rx2_data_rate", "8"}}), rate);
    EXPECT_EQ(refusal({{"region", "IN865"}, {"region.rx2_data_rate", "6"}}), rate);
}

TEST(ReadRadio, allows_each_band_its_duty_cycle_for_each_gateway) {
    const auto europe = read({{"airtime.gateways", "2"}}).allowance;
    EXPECT_EQ(europe.network, seconds(72));
    EXPECT_EQ(europe.second_network, seconds(720)) << "869.4 to 869.65 MHz";
    const auto asia = read({{"region", "AS923"}}).allowance;
    EXPECT_EQ(asia.network, seconds(36));
    EXPECT_EQ(asia.second_network, std::nullopt) << "its second window is in the same band";
    const auto none = read({{"airtime.duty_cycle", "none"}}).allowance;
    EXPECT_EQ(none.network, seconds(0));
    EXPECT_EQ(none.second_network, std::nullopt);
}

}  // namespace
}  // namespace ajour::lorawan
