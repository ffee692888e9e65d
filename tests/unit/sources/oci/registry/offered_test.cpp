// SPDX-License-Identifier: Apache-2.0
#include "offered.hpp"

#include <ajour/sdk/testing/fake_host.hpp>

#include "content/digest.hpp"
#include "support/temp_directory.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <memory>

using ajour::oci::NamedRelease;
using ajour::oci::Offered;

namespace {

NamedRelease release(const std::string& version, char digit = 'a') {
    const auto digest = "sha256:" + std::string(64, digit);
    return {
        version, ajour::oci::sha256_of(digest), {true, "acme", "acme/fw", digest, 42}, digest, ""};
}

struct OfferedTest : testing::Test {
    ajour::support::TempDirectory directory;
    ajour::sdk::contract::FakeHost host;

    std::unique_ptr<Offered> open(std::size_t most = 100) {
        auto offered = std::make_unique<Offered>(directory.path() / "offered.db", most,
                                                 host.metric("offered"));
        const auto started = offered->start();
        EXPECT_TRUE(started) << started.error().text;
        return offered;
    }
};

TEST_F(OfferedTest, is_there_after_a_restart) {
    ASSERT_TRUE(open()->put("fw:1", release("1.0")));
    const auto offered = open();
    EXPECT_EQ(offered->find("fw:1"), release("1.0"));
    EXPECT_EQ(offered->find_earlier("fw:1"), release("1.0"));
    EXPECT_FALSE(offered->find("fw:2"));
}

TEST_F(OfferedTest, is_no_earlier_one_when_it_was_put_since) {
    const auto offered = open();
    ASSERT_TRUE(offered->put("fw:1", release("1.0")));
    EXPECT_TRUE(offered->find("fw:1"));
    EXPECT_FALSE(offered->find_earlier("fw:1"));
}

TEST_F(OfferedTest, is_what_was_put_last) {
    const auto offered = open();
    ASSERT_TRUE(offered->put("fw:1", release("1.0")));
    ASSERT_TRUE(offered->put("fw:1", release("1.0", 'b')));
    EXPECT_EQ(offered->find("fw:1"), release("1.0", 'b'));
    EXPECT_EQ(host.metric("offered").value(), 1);
}

TEST_F(OfferedTest, makes_room_for_the_latest) {
    const auto offered = open(3);
    for (const auto* name : {"a", "b", "c", "d", "e"})
        ASSERT_TRUE(offered->put(name, release("1.0")));
    EXPECT_FALSE(offered->find("b"));
    EXPECT_TRUE(offered->find("c"));
    EXPECT_TRUE(offered->find("e"));
    EXPECT_EQ(host.metric("offered").value(), 3);
}

TEST_F(OfferedTest, is_opened_from_no_other_file) {
    const auto file = directory.path() / "offered.db";
    std::ofstream(file) << std::string(8192, 'x');
    Offered offered(file, 3, host.metric("offered"));
    const auto started = offered.start();
    ASSERT_FALSE(started);
    EXPECT_THAT(started.error().text, testing::HasSubstr("offered.db: file is not a database"));
    EXPECT_FALSE(offered.find("fw:1"));
    EXPECT_TRUE(offered.put("fw:1", release("1.0")));
}

}  // namespace
