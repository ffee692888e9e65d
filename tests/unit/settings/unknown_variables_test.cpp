// SPDX-License-Identifier: Apache-2.0
#include "settings/unknown_variables.hpp"

#include <ajour/sdk/settings.hpp>

#include "settings/host_rows.hpp"

#include <gmock/gmock.h>

namespace ajour::settings {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> told(std::vector<std::string_view> variables) {
    const std::vector<Table> tables{host_table(),
                                    {"transport.http.", "", {sdk::text_setting("port", "1", "")}}};
    const std::vector<std::string> unchecked{"transport.off."};
    std::vector<std::string> sentences;
    for (const auto& problem : unknown_variables({}, tables, unchecked, variables)) {
        sentences.push_back(problem.sentence());
    }
    return sentences;
}

TEST(UnknownVariables, are_named_with_the_nearest_right_one_and_without_their_values) {
    EXPECT_THAT(told({"AJOUR_TRANSPORT_HTTP_PRT=secret"}),
                ElementsAre("environment variable 'AJOUR_TRANSPORT_HTTP_PRT': no such setting (did "
                            "you mean AJOUR_TRANSPORT_HTTP_PORT?)"));
    EXPECT_THAT(told({"AJOUR_STAT=/x"}),
                ElementsAre("environment variable 'AJOUR_STAT': no such setting (did you mean "
                            "AJOUR_STATE?)"));
    EXPECT_THAT(told({"AJOUR_UPDATE_QUITE_SOMETHING_ELSE=1"}),
                ElementsAre(HasSubstr("'AJOUR_UPDATE_QUITE_SOMETHING_ELSE': no such setting")));
}

TEST(UnknownVariables, are_not_those_that_mean_something) {
    EXPECT_THAT(told({"AJOUR_TRANSPORT_HTTP_PORT=1", "AJOUR_STATE=/x", "AJOUR_CONFIG=/x",
                      "AJOUR_ADMIN_TOKEN=t", "PATH=/bin", "AJOUR_TRANSPORT_OFF_ANY=1"}),
                IsEmpty());
}

TEST(UnknownVariables, are_not_those_of_a_service_named_ajour) {
    EXPECT_THAT(told({"AJOUR_SERVICE_HOST=10.0.0.1", "AJOUR_SERVICE_PORT_ADMIN=80",
                      "AJOUR_ADMIN_PORT_80_TCP_ADDR=10.0.0.1", "AJOUR_PORT=tcp://10.0.0.1:80"}),
                IsEmpty());
}

}  // namespace
}  // namespace ajour::settings
