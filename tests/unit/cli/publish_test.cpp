// SPDX-License-Identifier: Apache-2.0
#include "cli/publish.hpp"

#include "json/json.hpp"
#include "support/temp_directory.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <thread>

using ajour::cli::Publication;
using ajour::cli::publish;
using ajour::support::content_of;
using ajour::support::TempDirectory;
using testing::HasSubstr;

namespace {

struct PublishTest : testing::Test {
    Publication publication(const std::string& image = "hello") {
        return {temp.write("image", image), "fw", "1.0.1", temp.path() / "releases", 1 << 20};
    }
    std::string refusal(const Publication& bad) {
        const auto result = publish(bad);
        EXPECT_FALSE(result);
        return result ? "" : result.error().text;
    }
    std::size_t files() const {
        if (!std::filesystem::exists(root)) return 0;
        const std::filesystem::directory_iterator entries(root);
        return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
    }

    TempDirectory temp;
    std::filesystem::path root = temp.path() / "releases";
};

TEST_F(PublishTest, writes_the_layout_of_the_original) {
    const auto release = publish(publication());
    ASSERT_TRUE(release) << release.error().text;
    EXPECT_EQ(content_of(root / "fw.bin"), "hello");
    const auto metadata = ajour::json::parse(content_of(root / "fw.json"));
    ASSERT_TRUE(metadata);
    EXPECT_EQ((*metadata)["version"], "1.0.1");
    EXPECT_EQ((*metadata)["size"], 5);
    EXPECT_EQ((*metadata)["checksum"],
              "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    EXPECT_EQ(release->sha256.hex(), (*metadata)["checksum"]);
    EXPECT_EQ(files(), 2U);
}

TEST_F(PublishTest, lets_others_read_what_it_wrote) {
    ASSERT_TRUE(publish(publication()));
    EXPECT_EQ(std::filesystem::status(root / "fw.bin").permissions(), std::filesystem::perms(0644));
}

TEST_F(PublishTest, replaces_the_release_of_a_name) {
    ASSERT_TRUE(publish(publication()));
    auto next = publication(std::string(200'000, 'n'));
    next.version = "1.0.2";
    ASSERT_TRUE(publish(next));
    EXPECT_EQ(content_of(root / "fw.bin").size(), 200'000U);
    EXPECT_THAT(content_of(root / "fw.json"), HasSubstr("1.0.2"));
    EXPECT_EQ(files(), 2U);
}

TEST_F(PublishTest, leaves_nothing_behind_when_it_refuses) {
    auto big = publication(std::string(2'000'000, 'x'));
    EXPECT_THAT(refusal(big), HasSubstr("has 2000000 bytes, source.file.image.max is 1048576"));
    EXPECT_THAT(refusal(publication("")), HasSubstr("is empty"));
    EXPECT_EQ(files(), 0U);
}

TEST_F(PublishTest, refuses_what_is_no_file) {
    auto bad = publication();
    bad.file = temp.path() / "missing";
    EXPECT_THAT(refusal(bad), HasSubstr("no such file"));
    bad.file = temp.path();
    EXPECT_THAT(refusal(bad), HasSubstr("is no regular file"));
}

TEST_F(PublishTest, refuses_names_that_no_target_can_have) {
    for (const std::string name : {"", ".fw", "../fw", "a/b", "a b", "\xc3\xa4"}) {
        auto bad = publication();
        bad.name = name;
        EXPECT_THAT(refusal(bad), HasSubstr("name '")) << name;
    }
    auto bad = publication();
    bad.name = std::string(201, 'n');
    EXPECT_THAT(refusal(bad), HasSubstr("name '"));
}

TEST_F(PublishTest, refuses_versions_that_the_wire_or_json_cannot_hold) {
    auto bad = publication();
    for (const auto& version : {std::string(), std::string(256, 'v'), std::string("\xff")}) {
        bad.version = version;
        EXPECT_THAT(refusal(bad), HasSubstr("version"));
    }
}

TEST_F(PublishTest, says_where_it_cannot_write) {
    auto bad = publication();
    bad.root = temp.write("occupied", "");
    EXPECT_THAT(refusal(bad), HasSubstr("occupied"));
}

TEST_F(PublishTest, leaves_two_files_that_belong_together_when_many_publish_at_once) {
    std::vector<std::thread> publishers;
    for (int i = 0; i < 4; ++i) {
        const auto image = temp.write("image" + std::to_string(i),
                                      std::string(1000 + 100 * static_cast<std::size_t>(i), 'x'));
        publishers.emplace_back([this, i, image] {
            for (int round = 0; round < 10; ++round) {
                EXPECT_TRUE(publish({image, "fw", std::to_string(i), root, 1 << 20}));
            }
        });
    }
    for (auto& publisher : publishers) publisher.join();
    const auto metadata = ajour::json::parse(content_of(root / "fw.json"));
    ASSERT_TRUE(metadata);
    EXPECT_EQ((*metadata)["size"], content_of(root / "fw.bin").size());
    EXPECT_EQ(files(), 2U);
}

}  // namespace
