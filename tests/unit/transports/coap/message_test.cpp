// SPDX-License-Identifier: Apache-2.0
#include "message.hpp"

#include "support/coap_message.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace ajour::coap {
namespace {

using sdk::bytes_of;
using sdk::text_of;

Flaw flaw_of(std::string_view datagram) {
    return parse(bytes_of(datagram)).flaw;
}

std::string text(std::initializer_list<int> bytes) {
    std::string text;
    for (const int byte : bytes) text += static_cast<char>(byte);
    return text;
}

TEST(Message, is_read_as_a_client_wrote_it) {
    const auto datagram = support::encode(support::coap_status(0x1234, "body"));
    const auto [flaw, message] = parse(bytes_of(datagram));
    EXPECT_EQ(flaw, Flaw::None);
    EXPECT_EQ(message.type, Type::Confirmable);
    EXPECT_EQ(message.code, Code::Post);
    EXPECT_EQ(message.id, 0x1234);
    EXPECT_EQ(text_of(message.token), "tk");
    EXPECT_EQ(text_of(message.payload), "body");
    Options options(message.options);
    for (const auto& [number, value] : support::coap_status(1).options) {
        const auto option = options.next();
        ASSERT_TRUE(option);
        EXPECT_EQ(option->number, number);
        EXPECT_EQ(text_of(option->value), value);
    }
    EXPECT_FALSE(options.next());
}

TEST(Message, has_a_header_of_four_bytes_of_version_1) {
    EXPECT_EQ(flaw_of(""), Flaw::NoHeader);
    EXPECT_EQ(flaw_of(text({0x40, 1, 0})), Flaw::NoHeader);
    EXPECT_EQ(flaw_of(text({0x00, 1, 0, 1})), Flaw::NoHeader);
    EXPECT_EQ(flaw_of(text({0x80, 1, 0, 1})), Flaw::NoHeader);
    EXPECT_EQ(flaw_of(text({0x40, 1, 0, 1})), Flaw::None);
}

TEST(Message, is_malformed_where_bytes_are_missing_or_reserved) {
    const std::string bad[] = {
        text({0x49, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0}),           // a token of 9 bytes
        text({0x44, 1, 0, 1, 0, 0, 0}),                             // a token cut short
        text({0x40, 1, 0, 1, 0xff}),                                // a marker without a payload
        text({0x40, 1, 0, 1, 0x15}),                                // a value cut short
        text({0x40, 1, 0, 1, 0xd0}),                                // no extension of the delta
        text({0x40, 1, 0, 1, 0xe0, 0}),                             // half an extension
        text({0x40, 1, 0, 1, 0x0d}),                                // no extension of the length
        text({0x40, 1, 0, 1, 0xf1, 0}),                             // a delta of 15
        text({0x40, 1, 0, 1, 0x1f, 0}),                             // a length of 15
        text({0x40, 1, 0, 1, 0xe0, 0xff, 0xff, 0xe0, 0xff, 0xff}),  // an option beyond 65535
        text({0x40, 0, 0, 1, 0}),  // an empty message with something in it
        text({0x41, 0, 0, 1, 0}),  // an empty message with a token
        text({0x70, 1, 0, 1}),     // a reset that is a request
        text({0x40, 0x20, 0, 1}),  // a code of the reserved class 1
        text({0x40, 0xe1, 0, 1}),  // a code of class 7
    };
    for (const auto& datagram : bad) {
        const auto parsed = parse(bytes_of(datagram));
        EXPECT_EQ(parsed.flaw, Flaw::Malformed) << testing::PrintToString(datagram);
        EXPECT_EQ(parsed.message.id, 1);
    }
}

TEST(Message, says_the_same_to_a_client_as_was_written) {
    std::array<std::uint8_t, 1200> room{};
    MessageWriter writer(room, Type::NonConfirmable, Code::Content, 0xfffe, bytes_of("12345678"));
    const std::string long_value(300, 'v');
    writer.option(option::ETag, 0U).option(option::ContentFormat, 60U);
    writer.option(option::Command, bytes_of("dfu")).option(65535, bytes_of(long_value));
    const auto message = support::decode(text_of(writer.payload(bytes_of("body")).bytes()));
    ASSERT_TRUE(message);
    EXPECT_EQ(message->type, support::CoapMessage::Non);
    EXPECT_EQ(message->code, 205U);
    EXPECT_EQ(message->id, 0xfffe);
    EXPECT_EQ(message->token, "12345678");
    EXPECT_TRUE(message->has(4));
    EXPECT_EQ(message->option(4), "");
    EXPECT_EQ(message->number(12), 60U);
    EXPECT_EQ(message->option(4210), "dfu");
    EXPECT_EQ(message->option(65535), long_value);
    EXPECT_EQ(message->payload, "body");
}

TEST(Message, is_not_written_in_part) {
    for (std::size_t size = 0; size < 21; ++size) {
        std::string room(size, '\0');
        MessageWriter writer({reinterpret_cast<std::uint8_t*>(room.data()), room.size()},
                             Type::Acknowledgement, Code::Content, 1, bytes_of("tk"));
        writer.option(option::Command, bytes_of("dfu")).payload(bytes_of("eight"));
        EXPECT_EQ(writer.bytes().empty(), size < 18) << size;
    }
}

TEST(Message, refuses_options_out_of_order) {
    std::array<std::uint8_t, 64> room{};
    MessageWriter writer(room, Type::Acknowledgement, Code::Content, 1, {});
    EXPECT_TRUE(writer.option(12, 60U).option(4, 1U).bytes().empty());
}

TEST(Number, takes_as_few_bytes_as_it_can) {
    for (const auto& [value, size] : {std::pair{0U, 4U + 1},
                                      {1U, 4U + 2},
                                      {255U, 4U + 2},
                                      {256U, 4U + 3},
                                      {0xffffffU, 4U + 4},
                                      {0xffffffffU, 4U + 5}}) {
        std::array<std::uint8_t, 16> room{};
        MessageWriter writer(room, Type::Acknowledgement, Code::Content, 1, {});
        const auto bytes = writer.option(12, value).bytes();
        EXPECT_EQ(bytes.size(), size);
        EXPECT_EQ(number_of(bytes.subspan(5)), value);
    }
    EXPECT_FALSE(number_of(bytes_of("12345")));
}

}  // namespace
}  // namespace ajour::coap
