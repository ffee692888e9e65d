// SPDX-License-Identifier: Apache-2.0
#include "cli/hidden_secrets.hpp"

#include <gmock/gmock.h>

using ajour::Json;
using ajour::cli::without_secrets;
using testing::HasSubstr;
using testing::Not;

namespace {

TEST(HiddenSecrets, hides_each_kind_of_credential_in_both_places) {
    for (const auto* place : {"authentication", "credentials"}) {
        const Json device = {{"spec",
                              {{place,
                                {{"credentials",
                                  {{{"pass", "SECRET"}},
                                   {{"pass", {{"bcrypt", "SECRET"}}}},
                                   {{"user", {{"username", "me"}, {"password", "SECRET"}}}},
                                   {{"psk", {{"key", "SECRET"}}}}}}}}}}};
        const auto shown = without_secrets(device).dump();
        EXPECT_THAT(shown, Not(HasSubstr("SECRET"))) << place;
        EXPECT_THAT(shown, HasSubstr("\"me\"")) << place;
    }
}

TEST(HiddenSecrets, leaves_all_else_alone) {
    const Json device = {{"metadata", {{"labels", {{"key", "value"}}}}},
                         {"spec", {{"firmware", {{"file", {{"name", "fw"}}}}}}}};
    EXPECT_EQ(without_secrets(device), device);
    EXPECT_EQ(without_secrets(Json::object()), Json::object());
}

}  // namespace
