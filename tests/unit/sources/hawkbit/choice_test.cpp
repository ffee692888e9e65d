// SPDX-License-Identifier: Apache-2.0
#include "choice.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

Artifact artifact(const std::string& name, std::uint64_t size = 100) {
    return {name, size, {std::string(64, 'a'), "", ""}, "http://h/" + name};
}

class Choose : public testing::Test {
protected:
    Choose() {
        deployment.chunks = {
            {"os", "1.0", "kernel", {artifact("a.img"), artifact("a.bin")}, {}},
            {"bApp", "2.0", "app", {artifact("b.bin")}, {{"version", "2.0-lamp"}}}};
    }
    std::string file() {
        const auto chosen = choose(deployment, rule);
        return chosen ? chosen->filename : "error: " + chosen.error().text;
    }
    Deployment deployment;
    Rule rule;
};

TEST_F(Choose, takes_the_first_by_default) {
    EXPECT_EQ(file(), "a.img");
    EXPECT_EQ(choose(deployment, rule)->version, "1.0");
}

TEST_F(Choose, goes_by_the_name) {
    rule.artifact = "*.bin";
    EXPECT_EQ(file(), "a.bin");
    rule.artifact = "b.?in";
    EXPECT_EQ(file(), "b.bin");
}

TEST_F(Choose, goes_by_the_modules_type_under_either_name) {
    rule.part = "bApp";
    EXPECT_EQ(file(), "b.bin");
    rule.part = "application";
    EXPECT_EQ(file(), "b.bin");
    EXPECT_EQ(choose(deployment, rule)->version, "2.0");
}

TEST_F(Choose, refuses_several_when_one_is_wanted) {
    rule.exactly_one = true;
    rule.part = "os";
    EXPECT_NE(file().find("2 artifacts"), std::string::npos) << file();
    rule.artifact = "*.bin";
    EXPECT_EQ(file(), "a.bin");
}

TEST_F(Choose, says_what_there_was_when_nothing_fits) {
    rule.artifact = "*.hex";
    EXPECT_NE(file().find("os a.img, os a.bin, bApp b.bin"), std::string::npos) << file();
    deployment.chunks = {};
    EXPECT_NE(file().find("no module"), std::string::npos) << file();
}

TEST_F(Choose, takes_the_version_out_of_the_metadata) {
    rule.part = "bApp";
    rule.version_from = VersionFrom::Metadata;
    EXPECT_EQ(choose(deployment, rule)->version, "2.0-lamp");
    rule.version_key = "other";
    EXPECT_NE(file().find("other"), std::string::npos) << file();
}

TEST_F(Choose, refuses_what_cannot_be_served) {
    auto& first = deployment.chunks[0].artifacts[0];
    first.url.clear();
    EXPECT_NE(file().find("link"), std::string::npos);
    first = artifact("a.img");
    first.hashes = {};
    EXPECT_NE(file().find("hash"), std::string::npos);
    first = artifact("a.img", 0);
    EXPECT_NE(file().find("0 bytes"), std::string::npos);
    first = artifact("a.img", 4294967296);
    EXPECT_NE(file().find("4294967296"), std::string::npos);
    first = artifact("a.img");
    deployment.chunks[0].version = std::string(256, '1');
    EXPECT_NE(file().find("256 bytes"), std::string::npos);
    deployment.chunks[0].version.clear();
    EXPECT_NE(file().find("0 bytes"), std::string::npos);
}

TEST(Fits, knows_stars_and_question_marks) {
    EXPECT_TRUE(fits("", ""));
    EXPECT_TRUE(fits("", "*"));
    EXPECT_TRUE(fits("app-1.bin", "app-*.bin"));
    EXPECT_TRUE(fits("app-.bin", "app-*.bin"));
    EXPECT_TRUE(fits("abcbc", "a*bc"));
    EXPECT_TRUE(fits("a", "?"));
    EXPECT_FALSE(fits("", "?"));
    EXPECT_FALSE(fits("app.bin", "app"));
    EXPECT_FALSE(fits("app", "app.bin"));
    EXPECT_FALSE(fits("app.hex", "*.bin"));
    EXPECT_TRUE(fits(std::string(5000, 'a'), std::string(200, '*') + "a"));
}

}  // namespace
}  // namespace ajour::hawkbit
