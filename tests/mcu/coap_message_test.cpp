// SPDX-License-Identifier: Apache-2.0
// The device's CoAP messages as bytes.
#include <coap_message.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ajour::test {

namespace {

using Bytes = std::vector<std::uint8_t>;

ajour_coap_header header(std::uint8_t token_length = 0) {
    ajour_coap_header made{};
    made.type = AJOUR_COAP_CONFIRMABLE;
    made.code = AJOUR_COAP_POST;
    made.id = 0x1234;
    made.token_length = token_length;
    for (std::uint8_t i = 0; i < token_length; ++i)
        made.token[i] = static_cast<std::uint8_t>(i + 1);
    return made;
}

struct Written {
    explicit Written(std::size_t room = 4096) : bytes(room) {
        const auto head = header(2);
        writer = ajour_coap_write_header(bytes.data(), bytes.size(), &head);
    }
    Bytes taken() const {
        return {bytes.begin(), bytes.begin() + static_cast<long>(writer.length)};
    }
    Bytes bytes;
    ajour_coap_writer writer{};
};

/// "NUMBER:LENGTH ..." and the length of the payload; or why it is malformed.
std::string read(const Bytes& datagram) {
    ajour_coap_reader reader;
    ajour_coap_header head;
    ajour_coap_option option;
    if (ajour_coap_read_header(&reader, &head, datagram.data(), datagram.size()) != 0)
        return "no header";
    std::string text;
    int result = 0;
    while ((result = ajour_coap_read_option(&reader, &option)) == 1)
        text += std::to_string(option.number) + ":" + std::to_string(option.length) + " ";
    if (result < 0) return text + "malformed";
    return text + "payload " + std::to_string(reader.end - reader.at);
}

TEST(CoapMessage, is_written_as_the_rfc_has_it) {
    Written written;
    ajour_coap_write_option(&written.writer, AJOUR_COAP_URI_PATH, "v1", 2);
    ajour_coap_write_number(&written.writer, AJOUR_COAP_CONTENT_FORMAT, 60);
    ajour_coap_write_payload(&written.writer, "x", 1);
    EXPECT_EQ(written.taken(),
              (Bytes{0x42, 0x02, 0x12, 0x34, 1, 2, 0xb2, 'v', '1', 0x11, 60, 0xff, 'x'}));
}

TEST(CoapMessage, has_numbers_in_as_few_bytes_as_they_need) {
    Written written;
    for (const std::uint32_t value : {0U, 255U, 256U, 0x10000U, 0xffffffffU})
        ajour_coap_write_number(&written.writer, 6, value);
    EXPECT_EQ(read(written.taken()), "6:0 6:1 6:2 6:3 6:4 payload 0");
}

TEST(CoapMessage, reads_what_it_wrote_at_every_length_of_an_option) {
    for (const std::size_t length : {0U, 1U, 12U, 13U, 14U, 268U, 269U, 270U, 700U}) {
        Written written;
        const Bytes value(length, 'v');
        ajour_coap_write_option(&written.writer, 12, value.data(), length);
        ajour_coap_write_option(&written.writer, 25, value.data(), length);
        ajour_coap_write_option(&written.writer, 4209, value.data(), length);
        const auto text = ":" + std::to_string(length) + " ";
        EXPECT_EQ(read(written.taken()), "12" + text + "25" + text + "4209" + text + "payload 0");
    }
}

TEST(CoapMessage, counts_what_does_not_fit_and_stays_inside_its_room) {
    for (std::size_t room = 0; room < 30; ++room) {
        Written written(room);
        ajour_coap_write_option(&written.writer, 4209, "0123456789", 10);
        ajour_coap_write_payload(&written.writer, "0123456789", 10);
        EXPECT_EQ(written.writer.length, 30U);
    }
}

TEST(CoapMessage, of_another_version_or_without_a_whole_token_is_none) {
    EXPECT_EQ(read({}), "no header");
    EXPECT_EQ(read({0x40, 0x45, 0}), "no header");
    EXPECT_EQ(read({0x80, 0x45, 0, 1}), "no header");
    EXPECT_EQ(read({0x49, 0x45, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9}), "no header");
    EXPECT_EQ(read({0x42, 0x45, 0, 1, 1}), "no header");
    EXPECT_EQ(read({0x40, 0x45, 0, 1}), "payload 0");
}

TEST(CoapMessage, with_an_option_that_lies_is_malformed) {
    EXPECT_EQ(read({0x40, 0x45, 0, 1, 0x12, 'x'}), "malformed") << "longer than the datagram";
    EXPECT_EQ(read({0x40, 0x45, 0, 1, 0xf0}), "malformed") << "a reserved delta";
    EXPECT_EQ(read({0x40, 0x45, 0, 1, 0x0f}), "malformed") << "a reserved length";
    EXPECT_EQ(read({0x40, 0x45, 0, 1, 0xe0, 0xff}), "malformed") << "half of a long delta";
    EXPECT_EQ(read({0x40, 0x45, 0, 1, 0xe0, 0xff, 0xff}), "malformed") << "a number beyond 16 bits";
    EXPECT_EQ(read({0x40, 0x45, 0, 1, 0xff}), "malformed") << "a marker without a payload";
}

}  // namespace

}  // namespace ajour::test
