// SPDX-License-Identifier: Apache-2.0
// One broken plugin per refusal, one sentence per plugin.
#include "bad_plugins/loading.hpp"

namespace ajour::plugin_host {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

TEST(Refusal, none_for_a_right_plugin) {
    Loading loading(folder("right"));
    EXPECT_THAT(loading.refusals(), IsEmpty());
    EXPECT_THAT(loading.problems(), IsEmpty());
    ASSERT_EQ(loading.host().sources().size(), 1U);
    EXPECT_EQ(loading.host().sources()[0].name, "right");
    EXPECT_THAT(loading.host().sources()[0].port->try_traits()->keys, ElementsAre("right"));
    EXPECT_THAT(loading.lines(), ElementsAre("source.right: hello world"));
}

TEST(Refusal, without_the_symbol) {
    EXPECT_EQ(refusal_of_folder("no_symbol"),
              "found no symbol ajour_plugin, expected it to be exported");
}

TEST(Refusal, with_a_symbol_that_nobody_defines) {
    EXPECT_EQ(refusal_of_folder("undefined_symbol"),
              "cannot be loaded: undefined symbol: ajour_test_symbol_of_nobody");
}

TEST(Refusal, of_another_magic) {
    EXPECT_EQ(refusal_of_folder("wrong_magic"), "found magic 305419896, expected 1095389745");
}

TEST(Refusal, of_another_abi_number) {
    const auto ours = std::to_string(AJOUR_ABI_VERSION);
    EXPECT_EQ(refusal_of_folder("wrong_abi_number"),
              "found ABI " + std::to_string(AJOUR_ABI_VERSION + 1) + ", this host speaks " + ours);
}

TEST(Refusal, of_another_abi_tag) {
    EXPECT_EQ(refusal_of_folder("wrong_abi_tag"),
              "found ABI tag 'abi1/libc++', expected '" AJOUR_ABI_TAG "'");
    EXPECT_EQ(refusal_of_folder("no_abi_tag"),
              "found ABI tag 'none', expected '" AJOUR_ABI_TAG "'");
}

TEST(Refusal, of_another_way_to_build) {
    EXPECT_THAT(
        refusal_of_folder("old_string_abi"),
        StartsWith("found ABI tag 'abi" AJOUR_TEXT(AJOUR_ABI_VERSION) "/libstdc++/cxx11=0"));
    EXPECT_THAT(
        refusal_of_folder("debug_containers"),
        StartsWith("found ABI tag 'abi" AJOUR_TEXT(AJOUR_ABI_VERSION) "/libstdc++/cxx11=1/debug"));
}

TEST(Refusal, without_texts_or_create) {
    EXPECT_EQ(refusal_of_folder("no_name"), "found no name, expected a text");
    EXPECT_EQ(refusal_of_folder("empty_summary"),
              "found a summary that is empty or too long, expected 1 to 1023 bytes");
    EXPECT_EQ(refusal_of_folder("no_create"), "found no create, expected a function");
}

TEST(Refusal, of_an_unknown_kind) {
    EXPECT_EQ(refusal_of_folder("unknown_kind"),
              "found kind 'sink', expected transport, registry, source or builder");
}

TEST(Refusal, of_another_name_than_the_file_says) {
    EXPECT_EQ(refusal_of_folder("other_name"),
              "found the source 'two', expected the source 'one', as the file name says");
}

TEST(Refusal, of_a_name_that_is_taken) {
    Loading loading(folder("duplicate_name"));
    EXPECT_EQ(loading.host().sources().size(), 1U);
    EXPECT_THAT(
        loading.refusals(),
        ElementsAre("plugin " + (folder("duplicate_name") / "ajour-source-second.so").string() +
                    ": found the source 'right', which is loaded from "
                    "ajour-source-right.so already, expected another name"));
}

TEST(Refusal, of_settings_that_are_declared_wrongly) {
    EXPECT_EQ(refusal_of_folder("bad_setting"),
              "setting 'port': found default: found 'many', expected an integer from 1 to 10");
    EXPECT_EQ(refusal_of_folder("endless_settings"),
              "found more than 256 settings, expected a row with a null key");
}

}  // namespace
}  // namespace ajour::plugin_host
