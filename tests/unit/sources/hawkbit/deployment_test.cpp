// SPDX-License-Identifier: Apache-2.0
#include "deployment.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

const std::string Sha256(64, 'A'), Sha1(40, 'b'), Md5(32, 'c');

std::string body(const std::string& artifact, const std::string& handling = "") {
    return R"({"id":"8","deployment":{)" + handling +
           R"("chunks":[{"part":"os","version":"1.0.79","name":"fw","artifacts":[)" + artifact +
           R"(],"metadata":[{"key":"k","value":"v"}]}]}})";
}

const std::string Good =
    R"({"filename":"app.bin","size":123456,"hashes":{"sha1":")" + Sha1 + R"(","md5":")" + Md5 +
    R"(","sha256":")" + Sha256 +
    R"("},"_links":{"download-http":{"href":"http://h/a"},"md5sum-http":{"href":"x"}}})";

TEST(Deployment, has_chunks_with_artifacts) {
    const auto read = parse_deployment(
        body(Good, R"("download":"attempt","update":"skip","maintenanceWindow":"unavailable",)"),
        "deployment");
    ASSERT_TRUE(read) << read.error().text;
    EXPECT_EQ(read->id, "8");
    EXPECT_EQ(read->download, Handling::Attempt);
    EXPECT_EQ(read->update, Handling::Skip);
    EXPECT_EQ(read->window, Window::Closed);
    ASSERT_EQ(read->chunks.size(), 1U);
    const auto& chunk = read->chunks[0];
    EXPECT_EQ(chunk.part, "os");
    EXPECT_EQ(chunk.metadata.at("k"), "v");
    ASSERT_EQ(chunk.artifacts.size(), 1U);
    EXPECT_EQ(chunk.artifacts[0].size, 123456U);
    EXPECT_EQ(chunk.artifacts[0].hashes.sha256, std::string(64, 'a'));
    EXPECT_EQ(chunk.artifacts[0].url, "http://h/a");
}

TEST(Deployment, prefers_the_link_download) {
    const auto read = parse_deployment(
        body(
            R"({"_links":{"download-http":{"href":"http://h/a"},"download":{"href":"https://h/b"}}})"),
        "deployment");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->chunks[0].artifacts[0].url, "https://h/b");
}

TEST(Deployment, may_lack_everything_but_itself) {
    const auto read = parse_deployment(R"({"deployment":{}})", "deployment");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->update, Handling::Forced);
    EXPECT_EQ(read->window, Window::None);
    EXPECT_TRUE(read->chunks.empty());
    EXPECT_TRUE(parse_deployment(R"({"confirmation":{"chunks":null}})", "confirmation"));
    EXPECT_FALSE(parse_deployment(R"({"id":"1"})", "deployment"));
}

TEST(Deployment, of_the_wrong_types_is_refused_with_the_place) {
    const std::pair<std::string, const char*> mistakes[] = {
        {R"({"deployment":[]})", "deployment"},
        {R"({"deployment":{"chunks":7}})", "chunks"},
        {R"({"deployment":{"chunks":[7]}})", "chunk 0"},
        {R"({"deployment":{"update":"later"}})", "update"},
        {R"({"deployment":{"maintenanceWindow":true}})", "maintenanceWindow"},
        {body("7"), "artifact 0"},
        {body(R"({"size":-1})"), "size"},
        {body(R"({"size":1.5})"), "size"},
        {body(R"({"size":"9"})"), "size"},
        {body(R"({"hashes":{"sha256":"zz"}})"), "sha256"},
        {body(R"({"hashes":{"md5":7}})"), "md5"},
        {body(R"({"_links":{"download":"x"}})"), "download"},
        {body(R"({"filename":")" + std::string(600, 'x') + "\"}"), "filename"},
    };
    for (const auto& [text, place] : mistakes) {
        const auto read = parse_deployment(text, "deployment");
        ASSERT_FALSE(read) << text;
        EXPECT_NE(read.error().text.find(place), std::string::npos) << read.error().text;
        EXPECT_LT(read.error().text.size(), 400U);
    }
}

TEST(Deployment, has_a_bound_on_all_lists) {
    std::string many = "{}";
    for (int i = 0; i < 60; ++i) many += ",{}";
    EXPECT_FALSE(parse_deployment(body(many), "deployment"));
}

}  // namespace
}  // namespace ajour::hawkbit
