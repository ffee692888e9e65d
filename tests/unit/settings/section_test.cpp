// SPDX-License-Identifier: Apache-2.0
#include "settings/section.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace ajour::settings {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Section make_section(std::int64_t port) {
    Section section;
    section.put("port", {AJOUR_SETTING_INTEGER, {}, port, {}});
    section.put("root", {AJOUR_SETTING_PATH, "/root", 0, {}});
    return section;
}

TEST(Section, throws_for_what_is_not_declared) {
    const auto section = make_section(1);
    EXPECT_EQ(section.integer("port"), 1);
    EXPECT_EQ(section.text("root"), "/root");
    EXPECT_THROW(section.integer("prot"), std::logic_error);
    EXPECT_THROW(section.text("port"), std::logic_error);
    EXPECT_THROW(section.boolean("port"), std::logic_error);
    EXPECT_THROW(section.duration("root"), std::logic_error);
    EXPECT_THROW(section.list("root"), std::logic_error);
}

TEST(Section, knows_what_a_reload_changes) {
    EXPECT_THAT(make_section(1).differing_keys(make_section(2)), ElementsAre("port"));
    EXPECT_THAT(make_section(1).differing_keys(make_section(1)), IsEmpty());
}

}  // namespace
}  // namespace ajour::settings
