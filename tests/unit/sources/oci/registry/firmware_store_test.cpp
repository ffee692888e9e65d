// SPDX-License-Identifier: Apache-2.0
#include "firmware_store.hpp"

#include <ajour/sdk/testing/digest.hpp>
#include <ajour/sdk/testing/memory_sink.hpp>

#include "support/temp_directory.hpp"

#include <gmock/gmock.h>

#include <fstream>

using namespace ajour::oci;
using ajour::sdk::bytes_of;
using ajour::sdk::ErrorKind;
using ajour::sdk::text_of;
using ajour::sdk::contract::MemorySink;
using ajour::sdk::contract::sha256_of;

namespace {

std::string manifest(char digit) {
    return "sha256:" + std::string(64, digit);
}

struct FirmwareStoreTest : testing::Test {
    void SetUp() override { start(); }

    /// As after a restart.
    void start() {
        store.emplace(temp.path() / "firmware", 100, bytes);
        const auto started = store->start();
        ASSERT_TRUE(started) << started.error().text;
    }

    ajour::sdk::Result<void> keep(char digit, const std::string& image) {
        const auto file = store->new_file();
        std::ofstream(file, std::ios::binary) << image;
        return store->keep(file, manifest(digit),
                           {"1.0", image.size(), sha256_of(bytes_of(image))});
    }

    std::string streamed(char digit, std::uint64_t from = 0) {
        MemorySink sink;
        const auto done = store->stream(manifest(digit), sink, from);
        EXPECT_TRUE(done) << done.error().text;
        return std::string(text_of(sink.bytes()));
    }

    std::size_t files() const {
        std::size_t count = 0;
        for ([[maybe_unused]] const auto& file :
             std::filesystem::directory_iterator(temp.path() / "firmware")) {
            ++count;
        }
        return count;
    }

    ajour::support::TempDirectory temp;
    ajour::sdk::Metric bytes;
    std::optional<FirmwareStore> store;
};

TEST_F(FirmwareStoreTest, streams_what_it_keeps_from_any_byte) {
    ASSERT_TRUE(keep('a', "0123456789"));
    EXPECT_EQ(streamed('a'), "0123456789");
    EXPECT_EQ(streamed('a', 4), "456789");
    EXPECT_EQ(streamed('a', 10), "");
    MemorySink sink;
    EXPECT_EQ(store->stream(manifest('a'), sink, 11).error().kind, ErrorKind::Mismatch);
    EXPECT_EQ(store->stream(manifest('b'), sink, 0).error().kind, ErrorKind::NotFound);
}

TEST_F(FirmwareStoreTest, keeps_it_over_a_restart) {
    ASSERT_TRUE(keep('a', "0123456789"));
    start();
    const auto found = store->find(manifest('a'));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->version, "1.0");
    EXPECT_EQ(found->size, 10U);
    EXPECT_EQ(streamed('a'), "0123456789");
    EXPECT_EQ(bytes.value(), 10);
}

TEST_F(FirmwareStoreTest, makes_room_for_the_latest) {
    ASSERT_TRUE(keep('a', std::string(40, 'a')));
    ASSERT_TRUE(keep('b', std::string(40, 'b')));
    EXPECT_TRUE(store->find(manifest('a')));
    ASSERT_TRUE(keep('c', std::string(40, 'c')));
    EXPECT_FALSE(store->find(manifest('b')));
    EXPECT_TRUE(store->find(manifest('a')));
    EXPECT_EQ(bytes.value(), 80);
    EXPECT_EQ(files(), 4U);
}

TEST_F(FirmwareStoreTest, refuses_what_is_larger_than_itself) {
    const auto kept = keep('a', std::string(101, 'a'));
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().kind, ErrorKind::Full);
    EXPECT_EQ(files(), 0U);
}

TEST_F(FirmwareStoreTest, removes_what_a_crash_left) {
    ASSERT_TRUE(keep('a', "whole"));
    temp.write("firmware/7.part", "half");
    temp.write("firmware/" + std::string(64, 'b') + ".bin", "without a description");
    temp.write("firmware/" + std::string(64, 'c') + ".json", "{}");
    start();
    EXPECT_EQ(files(), 2U);
    EXPECT_EQ(streamed('a'), "whole");
}

TEST_F(FirmwareStoreTest, forgets_what_is_damaged) {
    ASSERT_TRUE(keep('a', "whole"));
    temp.write("firmware/" + std::string(64, 'a') + ".bin", "wh0le");
    MemorySink sink;
    EXPECT_EQ(store->stream(manifest('a'), sink, 0).error().kind, ErrorKind::Mismatch);
    EXPECT_FALSE(store->find(manifest('a')));
    EXPECT_EQ(files(), 0U);
}

TEST_F(FirmwareStoreTest, stops_when_the_sink_refuses) {
    ASSERT_TRUE(keep('a', "0123456789"));
    MemorySink full(0);
    EXPECT_EQ(store->stream(manifest('a'), full, 0).error().kind, ErrorKind::Full);
    EXPECT_TRUE(store->find(manifest('a')));
}

}  // namespace
