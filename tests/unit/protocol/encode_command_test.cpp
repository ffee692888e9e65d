// SPDX-License-Identifier: Apache-2.0
#include "protocol/command.hpp"
#include "protocol/version.hpp"
#include "vectors.hpp"

#include <gtest/gtest.h>

namespace ajour::test {

namespace {

using namespace protocol;

std::optional<std::uint32_t> number_or_absent(const std::string& text) {
    if (text == "-") return std::nullopt;
    return static_cast<std::uint32_t>(std::stoul(text));
}

sdk::Bytes bytes_or_empty(const std::string& text) {
    return text == "empty" ? sdk::Bytes{} : bytes_from_hex(text);
}

/// A command and the bytes that it points to.
struct OwnedCommand {
    explicit OwnedCommand(const std::string& meaning) : fields(fields_of(meaning)) {
        const auto kind = meaning.substr(0, meaning.find(' '));
        if (kind == "wait") command = Wait{correlation_id(), number_or_absent(fields.at("poll"))};
        if (kind == "sync") {
            command = Sync{keep("version"), correlation_id(), number_or_absent(fields.at("poll"))};
        }
        if (kind == "write") {
            const auto offset = number_or_absent(fields.at("offset")).value();
            command = Write{keep("version"), correlation_id(), offset, keep("data")};
        }
        if (kind == "swap") command = Swap{keep("version"), correlation_id(), keep("checksum")};
    }
    OwnedCommand(const OwnedCommand&) = delete;

    CorrelationId correlation_id() { return number_or_absent(fields.at("correlation_id")); }

    sdk::ByteView keep(const std::string& field) {
        return kept.emplace(field, bytes_or_empty(fields.at(field))).first->second;
    }

    std::map<std::string, std::string> fields;
    std::map<std::string, sdk::Bytes> kept;
    Command command;
};

TEST(EncodeCommand, writes_each_packed_vector_byte_for_byte) {
    const auto vectors = load_vectors("commands.txt", "packed:");
    ASSERT_GE(vectors.size(), 12U);
    for (const auto& vector : vectors) {
        const OwnedCommand owned(vector.meaning);
        sdk::Bytes room(vector.bytes.size() + 100, 0xee);
        room.resize(encode(owned.command, room));
        EXPECT_EQ(hex(room), hex(vector.bytes)) << vector.name;
    }
}

TEST(EncodeCommand, gives_zero_when_the_room_is_too_small_and_stays_inside) {
    for (const auto& vector : load_vectors("commands.txt", "packed:")) {
        const OwnedCommand owned(vector.meaning);
        for (std::size_t size = 0; size < vector.bytes.size(); ++size) {
            sdk::Bytes room(
                size);  // exactly that large, so that a sanitizer sees any byte beyond it
            EXPECT_EQ(encode(owned.command, room), 0U) << vector.name << " in " << size;
        }
        sdk::Bytes room(vector.bytes.size());
        EXPECT_EQ(encode(owned.command, room), room.size()) << vector.name;
    }
}

TEST(EncodeCommand, needs_at_most_the_overhead_that_it_promises) {
    const sdk::Bytes version(Version::max_size, 'v');
    const sdk::Bytes data(70000, 0xaa);
    const sdk::Bytes checksum(32, 0xcc);
    const CorrelationId most = 0xffffffff;
    sdk::Bytes room(data.size() + version.size() + command_overhead);
    EXPECT_EQ(encode(Write{version, most, 0xffffffff, data}, room), room.size());
    room.resize(version.size() + checksum.size() + command_overhead);
    EXPECT_NE(encode(Swap{version, most, checksum}, room), 0U);
    room.resize(version.size() + command_overhead);
    EXPECT_NE(encode(Sync{version, most, most}, room), 0U);
    room.resize(command_overhead);
    EXPECT_NE(encode(Wait{most, most}, room), 0U);
}

TEST(EncodeCommand, is_as_large_as_the_reference_for_each_block_length) {
    // Version 0.1.0, offset 100000: block length, size without and with a correlation id of 32
    // bits.
    const std::size_t rows[][3] = {{32, 53, 57},       {64, 85, 89},       {255, 276, 280},
                                   {512, 534, 538},    {968, 990, 994},    {1024, 1046, 1050},
                                   {2048, 2070, 2074}, {4096, 4118, 4122}, {16, 36, 40}};
    const auto version = sdk::bytes_of("0.1.0");
    for (const auto& row : rows) {
        const sdk::Bytes data(row[0], 0xaa);
        sdk::Bytes room(data.size() + 64);
        EXPECT_EQ(encode(Write{version, std::nullopt, 100000, data}, room), row[1]);
        EXPECT_EQ(encode(Write{version, 0x10000, 100000, data}, room), row[2]);
    }
}

TEST(EncodeCommand, writes_each_number_with_its_shortest_head) {
    const std::pair<std::uint32_t, const char*> rows[] = {
        {0, "00"},       {23, "17"},        {24, "1818"},          {255, "18ff"},
        {256, "190100"}, {65535, "19ffff"}, {65536, "1a00010000"}, {0xffffffff, "1affffffff"}};
    for (const auto& [number, written] : rows) {
        sdk::Bytes room(32);
        room.resize(encode(Wait{number, std::nullopt}, room));
        EXPECT_EQ(hex(room), "a100a200" + std::string(written) + "01f6");
    }
}

}  // namespace

}  // namespace ajour::test
