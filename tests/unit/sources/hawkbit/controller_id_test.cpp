// SPDX-License-Identifier: Apache-2.0
#include "controller_id.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

std::string id_of(std::string_view pattern, const sdk::DeviceId& device) {
    const auto id = controller_id(pattern, device);
    return id ? *id : "error: " + id.error().text;
}

TEST(ControllerId, is_made_of_application_and_device) {
    EXPECT_EQ(id_of("{application}.{device}", {"lamps", "lamp-1"}), "lamps.lamp-1");
    EXPECT_EQ(id_of("{device}", {"lamps", "lamp-1"}), "lamp-1");
    EXPECT_EQ(id_of("fixed", {"lamps", "lamp-1"}), "fixed");
    EXPECT_EQ(id_of("{other}-{device}", {"lamps", "lamp-1"}), "{other}-lamp-1");
}

TEST(ControllerId, does_not_read_a_name_as_a_pattern) {
    EXPECT_EQ(id_of("{application}.{device}", {"a", "{application}"}), "a.{application}");
    EXPECT_EQ(id_of("{application}.{device}", {"{device}", "d"}), "{device}.d");
}

TEST(ControllerId, leaves_out_what_hawkbits_firewall_stops) {
    for (const auto* device : {"a/b", "a;b", "a\\b", "a%2fb", "a b", "a\tb", "\xc3\xa9", ""}) {
        EXPECT_FALSE(controller_id("{device}", {"lamps", device})) << device;
    }
    EXPECT_FALSE(controller_id("..", {}));
    EXPECT_FALSE(controller_id(".", {}));
    EXPECT_TRUE(controller_id("{device}", {"lamps", "a~b:c@d?e#f"}));
}

TEST(ControllerId, is_at_most_256_bytes_long) {
    EXPECT_TRUE(controller_id("{device}", {"", std::string(256, 'd')}));
    const auto id = controller_id("{device}{device}", {"", std::string(129, 'd')});
    ASSERT_FALSE(id);
    EXPECT_LT(id.error().text.size(), 300U);
}

}  // namespace
}  // namespace ajour::hawkbit
