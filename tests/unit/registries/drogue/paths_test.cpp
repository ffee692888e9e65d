// SPDX-License-Identifier: Apache-2.0
#include "paths.hpp"

#include <gtest/gtest.h>

namespace ajour::drogue_registry {
namespace {

TEST(Paths, escape_what_is_in_names) {
    EXPECT_EQ(application_path("my-app"), "/api/registry/v1alpha1/apps/my-app");
    EXPECT_EQ(device_path({"app", "bar/baz ?#%"}),
              "/api/registry/v1alpha1/apps/app/devices/bar%2Fbaz%20%3F%23%25");
}

TEST(Paths, of_a_page_say_which_one) {
    EXPECT_EQ(devices_path("app", {"", 100, 0}),
              "/api/registry/v1alpha1/apps/app/devices?limit=100");
    EXPECT_EQ(devices_path("app", {"a=b,!c", 100, 200}),
              "/api/registry/v1alpha1/apps/app/devices?limit=100&offset=200&labels=a%3Db%2C%21c");
}

TEST(Names, that_would_lead_elsewhere_are_none) {
    for (const auto* name : {"a", "a/b", "...", "..a", "%2e%2e", "\xc3\xa4"}) {
        EXPECT_TRUE(is_name(name)) << name;
    }
    EXPECT_TRUE(is_name(std::string(255, 'n')));
    for (const auto& name : {std::string(), std::string("."), std::string(".."),
                             std::string("a\r\nb"), std::string(1, '\0'), std::string(256, 'n')}) {
        EXPECT_FALSE(is_name(name)) << name;
    }
}

}  // namespace
}  // namespace ajour::drogue_registry
