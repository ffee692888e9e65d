// SPDX-License-Identifier: Apache-2.0
#include "images.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

Chosen with(Hashes hashes) {
    return {"1", "os", "a", "http://h/a", 9, std::move(hashes)};
}

const Chosen Usual = with({std::string(64, 'a'), std::string(40, 'b'), ""});
const Chosen Old = with({"", std::string(40, 'b'), ""});

class AllImages : public testing::Test {
protected:
    Images images;
    Instant now = Instant{} + std::chrono::hours(1000);
};

TEST_F(AllImages, are_in_trouble_for_a_growing_time) {
    EXPECT_FALSE(images.trouble(Usual, now));
    images.failed(Usual, false, "HTTP 500", now);
    EXPECT_EQ(images.trouble(Usual, now)->until, now + std::chrono::seconds(1));
    images.failed(Usual, true, "SHA-256", now);
    EXPECT_EQ(images.trouble(Usual, now)->until, now + std::chrono::seconds(2));
    EXPECT_EQ(images.trouble(Usual, now)->tries, 1);
    EXPECT_EQ(images.trouble(Usual, now)->why, "SHA-256");
    for (int i = 0; i < 20; ++i) images.failed(Usual, true, "SHA-256", now);
    EXPECT_EQ(images.trouble(Usual, now)->until, now + std::chrono::seconds(300));
    EXPECT_FALSE(images.trouble(Old, now));
}

TEST_F(AllImages, are_tried_anew_after_an_hour_or_a_success) {
    images.failed(Usual, true, "SHA-256", now);
    EXPECT_FALSE(images.trouble(Usual, now + std::chrono::hours(2)));
    images.verified(Usual, std::string(64, 'a'));
    EXPECT_FALSE(images.trouble(Usual, now));
}

TEST_F(AllImages, without_sha_256_are_measured_once) {
    EXPECT_EQ(images.sha256(Usual)->hex(), std::string(64, 'a'));
    EXPECT_FALSE(images.sha256(Old));
    EXPECT_TRUE(images.claim_measuring(Old, now));
    EXPECT_FALSE(images.claim_measuring(Old, now));
    images.failed(Old, false, "cut", now);
    EXPECT_TRUE(images.claim_measuring(Old, now));
    images.verified(Old, std::string(64, 'c'));
    EXPECT_EQ(images.sha256(Old)->hex(), std::string(64, 'c'));
}

TEST_F(AllImages, are_bounded) {
    for (int i = 0; i < 5000; ++i) {
        images.failed(with({"", std::to_string(i), ""}), false, "x", now);
    }
    EXPECT_TRUE(images.trouble(with({"", "4999", ""}), now));
    EXPECT_FALSE(images.trouble(with({"", "0", ""}), now));
}

}  // namespace
}  // namespace ajour::hawkbit
