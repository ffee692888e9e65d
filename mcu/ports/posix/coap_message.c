/* SPDX-License-Identifier: Apache-2.0 */
#include "coap_message.h"

#include <string.h>

enum { VERSION = 1, PAYLOAD_MARKER = 0xff };

/* Values of the half bytes of an option, and where the longer forms begin. */
enum { ONE_MORE_BYTE = 13, TWO_MORE_BYTES = 14, RESERVED = 15, FROM_TWO = 269 };

static void write_bytes(struct ajour_coap_writer* writer, const void* data, size_t length) {
    if (length > 0 && writer->length <= writer->room && length <= writer->room - writer->length)
        memcpy(writer->out + writer->length, data, length);
    writer->length += length;
}

static void write_byte(struct ajour_coap_writer* writer, uint32_t value) {
    const uint8_t byte = (uint8_t)value;
    write_bytes(writer, &byte, 1);
}

struct ajour_coap_writer ajour_coap_write_header(uint8_t* out, size_t room,
                                                 const struct ajour_coap_header* header) {
    struct ajour_coap_writer writer = {out, room, 0, 0};
    write_byte(&writer, (uint32_t)(VERSION << 6 | header->type << 4 | header->token_length));
    write_byte(&writer, header->code);
    write_byte(&writer, (uint32_t)header->id >> 8);
    write_byte(&writer, header->id);
    write_bytes(&writer, header->token, header->token_length);
    return writer;
}

static uint32_t half_of(size_t value) {
    return value < ONE_MORE_BYTE ? (uint32_t)value
           : value < FROM_TWO    ? (uint32_t)ONE_MORE_BYTE
                                 : (uint32_t)TWO_MORE_BYTES;
}

static void write_rest(struct ajour_coap_writer* writer, size_t value) {
    if (value >= FROM_TWO) {
        write_byte(writer, (uint32_t)(value - FROM_TWO) >> 8);
        write_byte(writer, (uint32_t)(value - FROM_TWO));
    } else if (value >= ONE_MORE_BYTE) {
        write_byte(writer, (uint32_t)(value - ONE_MORE_BYTE));
    }
}

void ajour_coap_write_option(struct ajour_coap_writer* writer, uint16_t number, const void* value,
                             size_t length) {
    const size_t delta = (size_t)(number - writer->last_option);
    writer->last_option = number;
    write_byte(writer, half_of(delta) << 4 | half_of(length));
    write_rest(writer, delta);
    write_rest(writer, length);
    write_bytes(writer, value, length);
}

void ajour_coap_write_number(struct ajour_coap_writer* writer, uint16_t number, uint32_t value) {
    uint8_t bytes[4];
    size_t length = 0;
    for (int shift = 24; shift >= 0; shift -= 8)
        if (length > 0 || value >> shift != 0) bytes[length++] = (uint8_t)(value >> shift);
    ajour_coap_write_option(writer, number, bytes, length);
}

void ajour_coap_write_payload(struct ajour_coap_writer* writer, const void* data, size_t length) {
    if (length == 0) return;
    write_byte(writer, PAYLOAD_MARKER);
    write_bytes(writer, data, length);
}

int ajour_coap_read_header(struct ajour_coap_reader* reader, struct ajour_coap_header* header,
                           const uint8_t* datagram, size_t length) {
    if (length < AJOUR_COAP_HEADER || datagram[0] >> 6 != VERSION) return -1;
    *header = (struct ajour_coap_header){.type = datagram[0] >> 4 & 3,
                                         .code = datagram[1],
                                         .id = (uint16_t)(datagram[2] << 8 | datagram[3]),
                                         .token_length = datagram[0] & 15};
    if (header->token_length > AJOUR_COAP_TOKEN_MAX ||
        header->token_length > length - AJOUR_COAP_HEADER)
        return -1;
    memcpy(header->token, datagram + AJOUR_COAP_HEADER, header->token_length);
    *reader = (struct ajour_coap_reader){datagram + AJOUR_COAP_HEADER + header->token_length,
                                         datagram + length, 0};
    return 0;
}

static size_t left(const struct ajour_coap_reader* reader) {
    return (size_t)(reader->end - reader->at);
}

static int read_rest(struct ajour_coap_reader* reader, uint32_t half, uint32_t* value) {
    const size_t bytes = half == TWO_MORE_BYTES ? 2 : half == ONE_MORE_BYTE ? 1 : 0;
    if (half == RESERVED || bytes > left(reader)) return -1;
    *value = half;
    if (bytes == 1) *value = (uint32_t)reader->at[0] + ONE_MORE_BYTE;
    if (bytes == 2) *value = (uint32_t)(reader->at[0] << 8 | reader->at[1]) + FROM_TWO;
    reader->at += bytes;
    return 0;
}

int ajour_coap_read_option(struct ajour_coap_reader* reader, struct ajour_coap_option* option) {
    uint32_t delta = 0;
    uint32_t length = 0;
    if (left(reader) == 0) return 0;
    const uint8_t head = *reader->at++;
    if (head == PAYLOAD_MARKER) return left(reader) > 0 ? 0 : -1;
    if (read_rest(reader, head >> 4, &delta) != 0 || read_rest(reader, head & 15U, &length) != 0 ||
        length > left(reader))
        return -1;
    reader->number += delta;
    if (reader->number > UINT16_MAX) return -1;
    *option = (struct ajour_coap_option){reader->number, reader->at, length};
    reader->at += length;
    return 1;
}

uint32_t ajour_coap_number_of(const struct ajour_coap_option* option, uint32_t fallback) {
    uint32_t value = 0;
    if (option->length > 4) return fallback;
    for (size_t i = 0; i < option->length; ++i) value = value << 8 | option->value[i];
    return value;
}
