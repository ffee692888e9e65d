// SPDX-License-Identifier: Apache-2.0
#include "protocol/status.hpp"
#include "vectors.hpp"

#include <gtest/gtest.h>

namespace ajour::test {

namespace {

// Rows that the reference refuses or bounds are read by us, but for this bound, which is ours too.
bool must_be_read(const Vector& vector) {
    return !vector.is_rejected() && vector.name != "unknown key nested 200 deep";
}

class StatusVectors : public testing::TestWithParam<const char*> {};

TEST_P(StatusVectors, are_read_as_written_also_where_the_reference_refuses) {
    const auto vectors = load_vectors(GetParam());
    ASSERT_GT(vectors.size(), 20U);
    for (const auto& vector : vectors) {
        if (!must_be_read(vector)) continue;
        const auto status = protocol::decode_status(vector.bytes);
        ASSERT_TRUE(status) << vector.name << ": " << status.error().text;
        EXPECT_EQ(meaning_of(*status), vector.value()) << vector.name;
    }
}

TEST_P(StatusVectors, that_must_be_rejected_are_malformed_and_say_why) {
    for (const auto& vector : load_vectors(GetParam())) {
        if (!vector.is_rejected()) continue;
        const auto status = protocol::decode_status(vector.bytes);
        ASSERT_FALSE(status) << vector.name << " read as " << meaning_of(*status);
        EXPECT_EQ(status.error().kind, sdk::ErrorKind::Malformed) << vector.name;
        EXPECT_EQ(status.error().text.rfind("status: ", 0), 0U) << status.error().text;
        EXPECT_LT(status.error().text.size(), 200U) << status.error().text;
    }
}

TEST_P(StatusVectors, cut_at_any_byte_are_malformed) {
    for (const auto& vector : load_vectors(GetParam())) {
        if (!must_be_read(vector)) continue;
        for (std::size_t size = 0; size < vector.bytes.size(); ++size) {
            // A copy of that size, so that a sanitizer sees any look beyond it.
            const sdk::Bytes cut(vector.bytes.begin(),
                                 vector.bytes.begin() + static_cast<std::ptrdiff_t>(size));
            const auto status = protocol::decode_status(cut);
            ASSERT_FALSE(status) << vector.name << " cut to " << size;
            EXPECT_EQ(status.error().kind, sdk::ErrorKind::Malformed);
        }
    }
}

TEST_P(StatusVectors, with_any_byte_changed_are_read_or_malformed) {
    for (const auto& vector : load_vectors(GetParam())) {
        auto bytes = vector.bytes;
        for (auto& byte : bytes) {
            const auto original = byte;
            for (const unsigned changed :
                 {0U, 1U, 0x17U, 0x1cU, 0x5fU, 0x80U, 0xbfU, 0xf7U, 0xffU}) {
                byte = static_cast<std::uint8_t>(changed);
                const auto status = protocol::decode_status(bytes);
                ASSERT_TRUE(status || status.error().kind == sdk::ErrorKind::Malformed);
            }
            byte = original;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Cbor, StatusVectors, testing::Values("statuses.txt"));
INSTANTIATE_TEST_SUITE_P(Json, StatusVectors, testing::Values("statuses_json.txt"));

}  // namespace

}  // namespace ajour::test
