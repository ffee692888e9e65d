// SPDX-License-Identifier: Apache-2.0
#include "cli/firmware_target.hpp"

#include "cli/options.hpp"

#include <gtest/gtest.h>

using ajour::Json;
using ajour::cli::clear_firmware;
using ajour::cli::Failure;
using ajour::cli::firmware_of;
using ajour::cli::set_firmware;
using ajour::cli::target_text;

namespace {

TEST(FirmwareTarget, is_made_of_a_release_or_of_json) {
    EXPECT_EQ(firmware_of({"fw", ""}), Json::parse(R"({"file":{"name":"fw"}})"));
    EXPECT_EQ(firmware_of({"", R"({"container":{"image":"fw:1"}})"}),
              Json::parse(R"({"container":{"image":"fw:1"}})"));
}

TEST(FirmwareTarget, refuses_what_is_none) {
    EXPECT_THROW(firmware_of({"../fw", ""}), Failure);
    for (const auto* spec : {"nonsense", "[]", "{}", "7", R"({"file":{},"oci":{}})",
                             R"({"file":{"nam":"fw"}})", R"({"file":"fw"})"}) {
        EXPECT_THROW(firmware_of({"", spec}), Failure) << spec;
    }
}

TEST(FirmwareTarget, goes_into_an_object_and_out_again) {
    auto object = Json::parse(R"({"metadata":{"name":"d"}})");
    clear_firmware(object);
    EXPECT_EQ(target_text(object), "-");
    set_firmware(object, firmware_of({"fw", ""}));
    EXPECT_EQ(target_text(object), "file: fw");
    set_firmware(object, firmware_of({"", R"({"hawkbit":{"controller":"c"}})"}));
    EXPECT_EQ(target_text(object), R"({"hawkbit":{"controller":"c"}})");
    clear_firmware(object);
    EXPECT_EQ(target_text(object), "-");
    EXPECT_EQ(object["metadata"]["name"], "d");
}

}  // namespace
