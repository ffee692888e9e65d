// SPDX-License-Identifier: Apache-2.0
// Plugins that are admitted, and whose create then fails.
#include "bad_plugins/loading.hpp"

namespace ajour::plugin_host {
namespace {

TEST(Create, that_throws_is_a_refusal) {
    EXPECT_EQ(refusal_of_folder("create_throws"), "create threw a tantrum");
    EXPECT_EQ(refusal_of_folder("create_throws_a_number"),
              "create threw something that is no std::exception");
}

TEST(Create, that_gives_no_object_is_a_refusal) {
    EXPECT_EQ(refusal_of_folder("create_is_silent"), "create gave no object and no reason");
    EXPECT_EQ(refusal_of_folder("create_overflows"), std::string(256, 'x') + std::string(256, ' '));
}

TEST(Create, tells_what_a_constructor_threw) {
    EXPECT_EQ(refusal_of_folder("constructor_throws"), "cannot live without a printer");
    EXPECT_EQ(refusal_of_folder("constructor_throws_a_number"),
              "its constructor threw something that is no std::exception");
}

TEST(Create, refuses_who_reads_a_setting_that_it_did_not_declare) {
    EXPECT_EQ(refusal_of_folder("undeclared_setting"), "setting secret_of_others is not declared");
}

}  // namespace
}  // namespace ajour::plugin_host
