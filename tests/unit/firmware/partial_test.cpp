// SPDX-License-Identifier: Apache-2.0
#include "firmware/partial.hpp"

#include "support/sample_image.hpp"
#include "support/temp_directory.hpp"

#include <gtest/gtest.h>

namespace ajour::firmware {

namespace {

using sdk::ErrorKind;

class PartialTest : public testing::Test {
protected:
    std::unique_ptr<Partial> create(std::uint64_t size_max) {
        auto made = Partial::create(file, size_max);
        EXPECT_TRUE(made);
        return std::move(*made);
    }

    support::TempDirectory directory;
    std::filesystem::path file = directory.path() / "0";
    sdk::Bytes content = support::sample_image(1000);
};

TEST_F(PartialTest, hashes_what_is_written_and_moves_it_into_place) {
    auto partial = create(1000);
    ASSERT_TRUE(partial->write(sdk::ByteView(content).first(300)));
    ASSERT_TRUE(partial->write(sdk::ByteView(content).subspan(300)));
    EXPECT_EQ(partial->size(), 1000U);
    const auto sha256 = partial->finish();
    ASSERT_TRUE(sha256);
    EXPECT_EQ(*sha256, digest::sha256(content));
    ASSERT_TRUE(partial->move_to(directory.path() / "new" / "place"));
    partial.reset();
    EXPECT_EQ(support::content_of(directory.path() / "new" / "place"), sdk::text_of(content));
    EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(PartialTest, leaves_nothing_when_it_is_given_up) {
    auto partial = create(1000);
    ASSERT_TRUE(partial->write(content));
    ASSERT_TRUE(std::filesystem::exists(file));
    partial.reset();
    EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(PartialTest, takes_no_byte_more_than_expected) {
    auto partial = create(999);
    const auto written = partial->write(content);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::Full);
    EXPECT_NE(written.error().text.find("999"), std::string::npos);
    EXPECT_TRUE(partial->write(sdk::ByteView(content).first(999)));
    EXPECT_FALSE(partial->write(sdk::ByteView(content).first(1)));
}

TEST_F(PartialTest, takes_nothing_after_it_is_told_to_give_up) {
    bool expired = false;
    auto partial = create(1000);
    partial->give_up_when([&expired] { return expired; });
    EXPECT_TRUE(partial->write(sdk::ByteView(content).first(10)));
    expired = true;
    const auto written = partial->write(sdk::ByteView(content).first(10));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::Timeout);
}

TEST_F(PartialTest, does_not_overwrite_a_file_that_is_there) {
    directory.write("0", "somebody else's");
    EXPECT_FALSE(Partial::create(file, 10));
    EXPECT_EQ(support::content_of(file), "somebody else's");
}

TEST_F(PartialTest, says_why_it_cannot_be_created) {
    const auto made = Partial::create(directory.path() / "no" / "such" / "place", 10);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().kind, ErrorKind::Unavailable);
}

TEST_F(PartialTest, takes_an_image_of_no_bytes) {
    auto partial = create(10);
    EXPECT_TRUE(partial->write({}));
    const auto sha256 = partial->finish();
    ASSERT_TRUE(sha256);
    EXPECT_EQ(*sha256, digest::sha256({}));
}

std::size_t descriptors() {
    const std::filesystem::directory_iterator all("/proc/self/fd");
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

TEST_F(PartialTest, rests_without_a_descriptor_and_goes_on_where_it_was) {
    const auto before = descriptors();
    auto partial = Partial::create(file, 100);
    ASSERT_TRUE(partial);
    ASSERT_TRUE((*partial)->write(sdk::bytes_of("hello ")));
    (*partial)->rest();
    EXPECT_EQ(descriptors(), before);
    ASSERT_TRUE((*partial)->write(sdk::bytes_of("world")));
    (*partial)->rest();
    const auto sha256 = (*partial)->finish();
    ASSERT_TRUE(sha256) << sha256.error().text;
    EXPECT_EQ(*sha256, digest::sha256(sdk::bytes_of("hello world")));
    EXPECT_EQ(support::content_of(file), "hello world");
}

TEST_F(PartialTest, is_counted_until_it_is_gone) {
    const auto all = std::make_shared<std::atomic<std::uint64_t>>(7);
    auto partial = Partial::create(file, 100);
    ASSERT_TRUE(partial);
    (*partial)->count_in(all);
    ASSERT_TRUE((*partial)->write(sdk::bytes_of("hello")));
    EXPECT_EQ(all->load(), 12U);
    partial->reset();
    EXPECT_EQ(all->load(), 7U);
}

TEST_F(PartialTest, grows_no_further_than_there_is_room) {
    auto partial = Partial::create(file, 100);
    ASSERT_TRUE(partial);
    (*partial)->ask_for_room([](std::uint64_t more) -> sdk::Result<void> {
        if (more <= 5) return {};
        return sdk::Error{sdk::ErrorKind::Full, "no room"};
    });
    EXPECT_TRUE((*partial)->write(sdk::bytes_of("hello")));
    const auto written = (*partial)->write(sdk::bytes_of("longer"));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, sdk::ErrorKind::Full);
    EXPECT_EQ((*partial)->size(), 5U);
}

}  // namespace

}  // namespace ajour::firmware
