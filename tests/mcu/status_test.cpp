// SPDX-License-Identifier: Apache-2.0
#include "status.h"

#include <ajour/ajour_client.h>

#include "unit/protocol/vectors.hpp"

#include <gtest/gtest.h>

namespace ajour::test {

namespace {

sdk::Bytes bytes_or_empty(const std::string& text) {
    return text == "empty" ? sdk::Bytes{} : bytes_from_hex(text);
}

std::uint32_t number_or_zero(const std::string& text) {
    return text == "-" ? 0 : static_cast<std::uint32_t>(std::stoul(text));
}

ajour_progress update_of(const std::string& text) {
    ajour_progress update{};
    const auto at = text.find('@');
    const auto version = bytes_or_empty(text.substr(0, at));
    std::copy(version.begin(), version.end(), update.version);
    update.version_length = static_cast<std::uint8_t>(version.size());
    update.offset = number_or_zero(text.substr(at + 1));
    return update;
}

sdk::Bytes encode(const Vector& vector, std::size_t room, int& result) {
    const auto fields = fields_of(vector.value());
    const auto version = bytes_or_empty(fields.at("version"));
    const bool updates = fields.at("update") != "-";
    const auto update = updates ? update_of(fields.at("update")) : ajour_progress{};
    ajour_status status{};
    status.version = version.data();
    status.version_length = static_cast<std::uint8_t>(version.size());
    status.has_mtu = fields.at("mtu") != "-";
    status.mtu = number_or_zero(fields.at("mtu"));
    status.has_correlation_id = fields.at("correlation_id") != "-";
    status.correlation_id = number_or_zero(fields.at("correlation_id"));
    status.update = updates ? &update : nullptr;
    sdk::Bytes out(room);
    std::size_t length = 0;
    result = ajour_status_encode(&status, out.data(), out.size(), &length);
    if (result == AJOUR_OK) out.resize(length);
    return out;
}

TEST(StatusEncode, writes_the_reference_s_bytes) {
    const auto vectors = load_vectors("statuses.txt", "packed:");
    ASSERT_GE(vectors.size(), 9U);
    for (const auto& vector : vectors) {
        int result = 0;
        EXPECT_EQ(hex(encode(vector, AJOUR_STATUS_MAX, result)), hex(vector.bytes)) << vector.name;
        EXPECT_EQ(result, AJOUR_OK) << vector.name;
    }
}

TEST(StatusEncode, refuses_a_buffer_that_is_too_small_and_stays_inside_it) {
    for (const auto& vector : load_vectors("statuses.txt", "packed:")) {
        for (std::size_t room = 0; room < vector.bytes.size(); ++room) {
            int result = 0;
            encode(vector, room, result);
            EXPECT_EQ(result, AJOUR_TOO_BIG) << vector.name << " in " << room << " bytes";
        }
    }
}

}  // namespace

}  // namespace ajour::test
