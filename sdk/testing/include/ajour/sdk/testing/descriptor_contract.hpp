// SPDX-License-Identifier: Apache-2.0
// What the host and `ajour plugins` expect of a descriptor. A subject has `PluginFile plugin()`.
#pragma once

#include <ajour/sdk/testing/fake_settings.hpp>
#include <ajour/sdk/testing/plugin_file.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

namespace ajour::sdk::contract {

template <typename Subject>
class DescriptorContract : public ::testing::Test {
protected:
    const ajour_plugin_descriptor& descriptor() { return plugin_.descriptor(); }

    static bool is_word(std::string_view text) {
        return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        });
    }

    Subject subject_;
    PluginFile plugin_ = subject_.plugin();
};

TYPED_TEST_SUITE_P(DescriptorContract);

TYPED_TEST_P(DescriptorContract, is_of_this_abi) {
    EXPECT_EQ(this->descriptor().magic, AJOUR_PLUGIN_MAGIC);
    EXPECT_EQ(this->descriptor().abi_version, static_cast<std::uint32_t>(AJOUR_ABI_VERSION));
    EXPECT_STREQ(this->descriptor().abi_tag, AJOUR_ABI_TAG);
}

TYPED_TEST_P(DescriptorContract, names_itself_and_says_what_it_is) {
    EXPECT_TRUE(this->is_word(this->descriptor().name)) << this->descriptor().name;
    EXPECT_NE(std::string_view(this->descriptor().version), "");
    EXPECT_NE(std::string_view(this->descriptor().summary), "");
}

TYPED_TEST_P(DescriptorContract, declares_each_setting_once_and_explains_it) {
    std::set<std::string> keys;
    for (auto row = this->descriptor().settings; row != nullptr && row->key != nullptr; ++row) {
        EXPECT_TRUE(keys.insert(row->key).second) << row->key << " stands there twice";
        ASSERT_NE(row->help, nullptr) << row->key;
        EXPECT_NE(std::string_view(row->help), "") << row->key;
        EXPECT_EQ(row->kind == AJOUR_SETTING_CHOICE, row->choices != nullptr) << row->key;
    }
}

TYPED_TEST_P(DescriptorContract, has_defaults_that_its_own_table_accepts) {
    SettingValues needed;
    for (auto row = this->descriptor().settings; row != nullptr && row->key != nullptr; ++row) {
        if (row->required == 0) continue;
        EXPECT_EQ(row->default_value, nullptr) << row->key << " is required, and has a default";
        return;  // Which value would do is not known here.
    }
    EXPECT_NO_THROW(FakeSettings(this->descriptor().settings, needed, "/"));
}

REGISTER_TYPED_TEST_SUITE_P(DescriptorContract, is_of_this_abi, names_itself_and_says_what_it_is,
                            declares_each_setting_once_and_explains_it,
                            has_defaults_that_its_own_table_accepts);

}  // namespace ajour::sdk::contract
