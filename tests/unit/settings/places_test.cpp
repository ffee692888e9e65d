// SPDX-License-Identifier: Apache-2.0
#include "settings/places.hpp"

#include "settings/host_rows.hpp"
#include "support/temp_directory.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

namespace ajour::settings {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> told(const std::string& properties) {
    const auto document = *parse(properties, "f");
    const auto host = check_host(document);
    std::vector<std::string> sentences;
    for (const auto& problem : check_places(document, host.section)) {
        sentences.push_back(problem.sentence());
    }
    return sentences;
}

TEST(Places, that_are_there_or_can_be_made_are_right_and_nothing_is_left_behind) {
    const support::TempDirectory directory;
    const auto path = directory.path().string();
    EXPECT_THAT(told("ajour.state = " + path + "/a/b\najour.admin.address = 127.0.0.1\n" +
                     "ajour.log.file = " + path + "/c/x.log\nstore.file = " + path + "/x.db\n"),
                IsEmpty());
    EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

TEST(Places, where_nothing_can_be_made_are_named) {
    if (::geteuid() == 0) {  // others may make nothing there, which says nothing of the server
        EXPECT_THAT(told("ajour.state = /proc/nonexistent\n"),
                    ElementsAre(HasSubstr("f:1: ajour.state: making /proc/nonexistent: ")));
    }
    const support::TempDirectory directory;
    const auto file = directory.write("file", "").string();
    EXPECT_THAT(told("ajour.state = " + file + "\n"), ElementsAre(HasSubstr("ajour.state")));
    EXPECT_THAT(told("ajour.state = " + directory.path().string() +
                     "\najour.log.file = " + directory.path().string() + "\n"),
                ElementsAre(HasSubstr("is a directory, expected a file")));
}

TEST(Places, that_are_no_address_of_this_machine_are_named) {
    const support::TempDirectory directory;
    for (const auto* address : {"notanip.invalid", "999.1.1.1", "192.0.2.1"}) {
        const auto place = "ajour.state = " + directory.path().string() + "\n";
        EXPECT_THAT(told(place + "ajour.admin.address = " + address + "\n"),
                    ElementsAre(HasSubstr("f:2: ajour.admin.address: found '" +
                                          std::string(address) + "', expected an address")));
        EXPECT_THAT(
            told(place + "ajour.admin.enabled = false\najour.admin.address = " + address + "\n"),
            IsEmpty());
    }
}

TEST(Problems, are_sorted_by_their_lines) {
    Problems problems{{"f:10", "a", ""}, {"", "b", ""}, {"f:9", "c", ""}, {"flag --set", "d", ""}};
    sort_by_line(problems);
    std::string keys;
    for (const auto& problem : problems) keys += problem.key;
    EXPECT_EQ(keys, "cabd");
}

}  // namespace
}  // namespace ajour::settings
