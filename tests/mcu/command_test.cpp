// SPDX-License-Identifier: Apache-2.0
#include "command.h"

#include <ajour/ajour_client.h>

#include "unit/protocol/vectors.hpp"

#include <gtest/gtest.h>

namespace ajour::test {

namespace {

std::string text_of(const ajour_bytes& bytes) {
    return bytes.length == 0 ? "empty" : hex({bytes.data, bytes.length});
}

std::string optional_text(const ajour_command& command, ajour_field field, std::uint32_t value) {
    return (command.present & 1U << field) != 0 ? std::to_string(value) : "-";
}

std::string meaning_of(const ajour_command& command) {
    const auto version = " version=" + text_of(command.version);
    const auto poll = " poll=" + optional_text(command, AJOUR_FIELD_POLL, command.poll);
    const auto id = " correlation_id=" +
                    optional_text(command, AJOUR_FIELD_CORRELATION_ID, command.correlation_id);
    switch (command.kind) {
        case AJOUR_COMMAND_WAIT:
            return "wait" + poll + id;
        case AJOUR_COMMAND_SYNC:
            return "sync" + version + poll + id;
        case AJOUR_COMMAND_WRITE:
            return "write" + version + " offset=" + std::to_string(command.offset) +
                   " data=" + text_of(command.data) + id;
        default:
            return "swap" + version + " checksum=" + text_of(command.data) + id;
    }
}

/// The meaning, or "reject". The bytes are on the heap, so that a sanitizer sees any look beyond
/// them.
std::string decode(sdk::Bytes bytes) {
    bytes.shrink_to_fit();
    ajour_command command;
    const int result = ajour_command_decode(&command, bytes.data(), bytes.size());
    return result == AJOUR_OK ? meaning_of(command) : "reject";
}

TEST(CommandDecode, reads_what_the_reference_reads) {
    const auto vectors = load_vectors("commands.txt");
    ASSERT_GT(vectors.size(), 80U);
    for (const auto& vector : vectors) {
        if (vector.is_rejected() || vector.meaning != vector.value()) continue;
        EXPECT_EQ(decode(vector.bytes), vector.meaning) << vector.name;
    }
}

TEST(CommandDecode, reads_optional_rows_right_or_not_at_all) {
    for (const auto& vector : load_vectors("commands.txt")) {
        if (vector.is_rejected() || vector.meaning == vector.value()) continue;
        const auto meaning = decode(vector.bytes);
        EXPECT_TRUE(meaning == vector.value() || meaning == "reject") << vector.name;
    }
}

TEST(CommandDecode, refuses_what_the_reference_refuses) {
    for (const auto& vector : load_vectors("commands.txt")) {
        if (!vector.is_rejected()) continue;
        EXPECT_EQ(decode(vector.bytes), "reject") << vector.name;
    }
}

TEST(CommandDecode, refuses_a_command_cut_at_any_byte) {
    for (const auto& vector : load_vectors("commands.txt")) {
        if (vector.is_rejected()) continue;
        for (std::size_t size = 0; size < vector.bytes.size(); ++size) {
            const auto end = vector.bytes.begin() + static_cast<std::ptrdiff_t>(size);
            EXPECT_EQ(decode({vector.bytes.begin(), end}), "reject")
                << vector.name << " cut to " << size;
        }
    }
}

TEST(CommandDecode, survives_any_changed_byte) {
    for (const auto& vector : load_vectors("commands.txt")) {
        for (std::size_t at = 0; at < vector.bytes.size(); ++at) {
            auto bytes = vector.bytes;
            for (unsigned value = 0; value < 256; ++value) {
                bytes[at] = static_cast<std::uint8_t>(value);
                decode(bytes);
            }
        }
    }
}

TEST(CommandDecode, skips_containers_as_deep_as_configured) {
    const auto nested = [](std::size_t depth) {
        std::string field = "a100a104";
        for (std::size_t i = 0; i < depth; ++i) field += i % 2 == 0 ? "9f" : "bf01";
        field += "00";
        for (std::size_t i = 0; i < depth; ++i) field += "ff";
        return decode(bytes_from_hex(field));
    };
    EXPECT_EQ(nested(AJOUR_SKIP_DEPTH), "wait poll=- correlation_id=-");
    EXPECT_EQ(nested(AJOUR_SKIP_DEPTH + 1), "reject");
}

}  // namespace

}  // namespace ajour::test
