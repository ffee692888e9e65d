// SPDX-License-Identifier: Apache-2.0
#include "firmware/cache.hpp"

#include "support/manual_clock.hpp"
#include "support/sample_image.hpp"
#include "support/temp_directory.hpp"

#include <gtest/gtest.h>

namespace ajour::firmware {

namespace {

using sdk::ErrorKind;
namespace fs = std::filesystem;
using std::chrono::seconds;

constexpr std::size_t image_size = 1000;

class CacheTest : public testing::Test {
protected:
    void SetUp() override { open(); }

    void open() {
        cache.reset();
        auto opened = Cache::open(directory.path(), limits, clock, bytes_on_disk);
        ASSERT_TRUE(opened);
        cache = std::move(*opened);
    }
    static sdk::Sha256 digest_of(unsigned seed) {
        return digest::sha256(support::sample_image(image_size, seed));
    }
    fs::path file_of(unsigned seed) const {
        const auto name = digest_of(seed).hex();
        return directory.path() / "sha256" / name.substr(0, 2) / name;
    }
    sdk::Result<std::shared_ptr<const Image>> take(unsigned seed) {
        auto partial = cache->begin(image_size);
        EXPECT_TRUE(partial);
        EXPECT_TRUE((*partial)->write(support::sample_image(image_size, seed)));
        const auto sha256 = (*partial)->finish();
        EXPECT_TRUE(sha256);
        return cache->take(**partial, *sha256);
    }
    std::int64_t now() const {
        return std::chrono::duration_cast<seconds>(clock.now().time_since_epoch()).count();
    }

    support::TempDirectory directory;
    support::ManualClock clock;
    Cache::Limits limits{3 * image_size, seconds(600)};
    sdk::Metric bytes_on_disk;
    std::unique_ptr<Cache> cache;
};

TEST_F(CacheTest, gives_what_it_took) {
    const auto image = take(1);
    ASSERT_TRUE(image);
    EXPECT_EQ((*image)->sha256(), digest_of(1));
    EXPECT_EQ(cache->find(digest_of(1)), *image);
    EXPECT_EQ(cache->bytes(), image_size);
    EXPECT_EQ(bytes_on_disk.value(), static_cast<std::int64_t>(image_size));
    EXPECT_TRUE(fs::exists(file_of(1)));
}

TEST_F(CacheTest, knows_after_a_restart_what_is_on_disk) {
    ASSERT_TRUE(take(1));
    open();
    EXPECT_EQ(cache->bytes(), image_size);
    EXPECT_EQ(cache->find(digest_of(1)), nullptr) << "not mapped before it is asked for";
    ASSERT_TRUE(cache->load(digest_of(1)));
    EXPECT_NE(cache->find(digest_of(1)), nullptr);
}

TEST_F(CacheTest, removes_what_a_crash_left_half_written) {
    fs::create_directories(directory.path() / "partial");
    directory.write("partial/7", "half an image");
    open();
    EXPECT_TRUE(fs::is_empty(directory.path() / "partial"));
    EXPECT_TRUE(take(1));
}

TEST_F(CacheTest, does_not_know_what_it_has_not) {
    const auto image = cache->load(digest_of(1));
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().kind, ErrorKind::NotFound);
}

TEST_F(CacheTest, removes_a_damaged_file_instead_of_serving_it) {
    ASSERT_TRUE(take(1));
    std::ofstream(file_of(1), std::ios::binary) << "torn";
    open();
    const auto image = cache->load(digest_of(1));
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().kind, ErrorKind::Mismatch);
    EXPECT_FALSE(fs::exists(file_of(1)));
    EXPECT_EQ(cache->bytes(), 0U);
    EXPECT_TRUE(take(1));
}

TEST_F(CacheTest, passes_over_files_that_are_not_its_own) {
    fs::create_directories(directory.path() / "sha256" / "aa");
    directory.write("sha256/aa/README", "not an image");
    open();
    EXPECT_EQ(cache->bytes(), 0U);
}

TEST_F(CacheTest, the_least_recently_served_goes_first) {
    for (const unsigned seed : {1U, 2U, 3U}) {
        ASSERT_TRUE(take(seed));
        clock.advance(seconds(10));
    }
    cache->find(digest_of(1))->touch(now());
    clock.advance(seconds(601));
    ASSERT_TRUE(take(4));
    EXPECT_FALSE(fs::exists(file_of(2)));
    EXPECT_TRUE(fs::exists(file_of(1)));
    EXPECT_TRUE(fs::exists(file_of(3)));
    EXPECT_EQ(cache->bytes(), 3 * image_size);
}

TEST_F(CacheTest, what_was_served_lately_stays_and_the_newcomer_is_refused) {
    for (const unsigned seed : {1U, 2U, 3U}) ASSERT_TRUE(take(seed));
    const auto refused = take(4);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Full);
    EXPECT_TRUE(fs::is_empty(directory.path() / "partial"));
    for (const unsigned seed : {1U, 2U, 3U}) EXPECT_TRUE(fs::exists(file_of(seed)));
}

TEST_F(CacheTest, what_somebody_holds_stays_however_old) {
    const auto held = take(1);
    ASSERT_TRUE(held);
    ASSERT_TRUE(take(2));
    ASSERT_TRUE(take(3));
    clock.advance(seconds(100'000));
    cache->find(digest_of(2))->touch(now() - 700);
    ASSERT_TRUE(take(4));
    EXPECT_TRUE(fs::exists(file_of(1)));
}

TEST_F(CacheTest, refuses_what_can_never_fit) {
    limits.max_bytes = image_size - 1;
    open();
    const auto refused = take(1);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Full);
    EXPECT_EQ(cache->bytes(), 0U);
}

TEST_F(CacheTest, what_is_on_its_way_takes_room_too) {
    auto partial = cache->begin(image_size);
    ASSERT_TRUE(partial);
    ASSERT_TRUE((*partial)->write(support::sample_image(image_size / 2)));
    EXPECT_TRUE(cache->make_room(limits.max_bytes - image_size / 2));
    const auto refused = cache->make_room(limits.max_bytes - image_size / 2 + 1);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Full);
    partial->reset();
    EXPECT_TRUE(cache->make_room(limits.max_bytes));
}

TEST_F(CacheTest, evicts_what_an_earlier_run_left) {
    for (const unsigned seed : {1U, 2U, 3U}) ASSERT_TRUE(take(seed));
    open();
    ASSERT_TRUE(take(4));
    EXPECT_EQ(cache->bytes(), 3 * image_size);
}

TEST_F(CacheTest, taking_an_image_twice_counts_it_once) {
    ASSERT_TRUE(take(1));
    ASSERT_TRUE(take(1));
    EXPECT_EQ(cache->bytes(), image_size);
    open();
    ASSERT_TRUE(take(1)) << "known on disk only";
    EXPECT_EQ(cache->bytes(), image_size);
}

TEST_F(CacheTest, says_why_it_cannot_be_opened) {
    const auto file = directory.write("file", "");
    const auto opened = Cache::open(file, limits, clock, bytes_on_disk);
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().text.find(file.string()), std::string::npos);
}

}  // namespace

}  // namespace ajour::firmware
