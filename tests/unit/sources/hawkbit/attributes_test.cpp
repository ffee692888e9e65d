// SPDX-License-Identifier: Apache-2.0
#include "attributes.hpp"

#include "json.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

TEST(AttributesOf, are_the_labels_and_what_we_know) {
    const auto attributes = attributes_of({"lamps", "lamp-1"}, "1.0.0", {{"board", "nrf52840"}});
    EXPECT_EQ(attributes.at("application"), "lamps");
    EXPECT_EQ(attributes.at("device"), "lamp-1");
    EXPECT_EQ(attributes.at("version"), "1.0.0");
    EXPECT_EQ(attributes.at("board"), "nrf52840");
    EXPECT_TRUE(attributes.contains("ajour"));
}

TEST(AttributesOf, are_not_what_a_label_pretends) {
    const auto attributes =
        attributes_of({"lamps", "lamp-1"}, "", {{"device", "x"}, {"version", "9"}});
    EXPECT_EQ(attributes.at("device"), "lamp-1");
    EXPECT_FALSE(attributes.contains("version"));
}

TEST(AttributesOf, have_only_characters_that_hawkbit_takes) {
    const auto attributes =
        attributes_of({"a", "d~`\x01"}, "1\xc3\xa9", {{"k~", "v`"}, {"<ok>|\"'", "/\\?"}});
    EXPECT_EQ(attributes.at("device"), "d___");
    EXPECT_EQ(attributes.at("version"), "1__");
    EXPECT_EQ(attributes.at("k_"), "v_");
    EXPECT_EQ(attributes.at("<ok>|\"'"), "/\\?");
}

TEST(AttributesOf, are_at_most_100_of_at_most_128) {
    std::map<std::string, std::string> labels;
    for (int i = 0; i < 500; ++i) labels[std::to_string(i)] = std::string(300, 'v');
    const auto attributes = attributes_of({std::string(255, 'a'), "d"}, "1", labels);
    EXPECT_EQ(attributes.size(), 100U);
    for (const auto& [key, value] : attributes) EXPECT_LE(value.size(), 128U) << key;
}

TEST(AttributesOf, are_merged) {
    EXPECT_EQ(Json::parse(attributes_body({{"a", "b"}})),
              Json::parse(R"({"mode":"merge","data":{"a":"b"}})"));
    EXPECT_NE(stamp_of("a"), stamp_of("b"));
    EXPECT_EQ(stamp_of("a"), stamp_of("a"));
}

}  // namespace
}  // namespace ajour::hawkbit
