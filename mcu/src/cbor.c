/* SPDX-License-Identifier: Apache-2.0 */
#include "cbor.h"

#include "ajour/ajour_config.h"

#include <string.h>

enum { ONE_BYTE = 24, EIGHT_BYTES = 27, BREAK = 0xff };

void ajour_cbor_fail(struct ajour_cbor_reader* reader) {
    reader->bad = true;
    reader->at = (uint8_t*)reader->end;
}

static uint8_t read_byte(struct ajour_cbor_reader* reader) {
    if (reader->at == reader->end) {
        reader->bad = true;
        return 0;
    }
    return *reader->at++;
}

static void read_argument(struct ajour_cbor_reader* reader, struct ajour_cbor_head* head) {
    unsigned width = 1U << (head->info - ONE_BYTE);
    head->value = 0;
    while (width-- > 0) {
        if (head->value >> 24 != 0) head->too_wide = true;
        head->value = head->value << 8 | read_byte(reader);
    }
    if (head->too_wide) head->value = UINT32_MAX;
}

static struct ajour_cbor_head read_plain_head(struct ajour_cbor_reader* reader) {
    const uint8_t first = read_byte(reader);
    struct ajour_cbor_head head = {first & 31U, false, (uint8_t)(first >> 5), first & 31U};
    if (head.info >= ONE_BYTE && head.info <= EIGHT_BYTES) read_argument(reader, &head);
    const bool may_be_indefinite = head.major >= AJOUR_CBOR_BYTES && head.major <= AJOUR_CBOR_MAP;
    if (head.info > EIGHT_BYTES && !(head.info == AJOUR_CBOR_INDEFINITE && may_be_indefinite))
        ajour_cbor_fail(reader);
    return head;
}

struct ajour_cbor_head ajour_cbor_read_head(struct ajour_cbor_reader* reader) {
    struct ajour_cbor_head head;
    do head = read_plain_head(reader);
    while (head.major == AJOUR_CBOR_TAG);
    return head;
}

static bool take_break(struct ajour_cbor_reader* reader) {
    if (reader->at == reader->end) {
        reader->bad = true;
        return true;
    }
    if (*reader->at != BREAK) return false;
    ++reader->at;
    return true;
}

static void append_chunk(struct ajour_cbor_reader* reader, struct ajour_bytes* string,
                         uint32_t length) {
    if (length > (size_t)(reader->end - reader->at)) {
        ajour_cbor_fail(reader);
        return;
    }
    memmove(string->data + string->length, reader->at, length);
    reader->at += length;
    string->length += length;
}

struct ajour_bytes ajour_cbor_read_string(struct ajour_cbor_reader* reader,
                                          const struct ajour_cbor_head* head) {
    struct ajour_bytes string = {reader->at, 0};
    if (head->info != AJOUR_CBOR_INDEFINITE) {
        append_chunk(reader, &string, head->value);
        return string;
    }
    while (!take_break(reader)) {
        const struct ajour_cbor_head chunk = read_plain_head(reader);
        if (chunk.major != head->major || chunk.info == AJOUR_CBOR_INDEFINITE)
            ajour_cbor_fail(reader);
        else
            append_chunk(reader, &string, chunk.value);
    }
    return string;
}

bool ajour_cbor_read_more(struct ajour_cbor_reader* reader, struct ajour_cbor_head* container) {
    if (container->info == AJOUR_CBOR_INDEFINITE) return !take_break(reader);
    if (reader->bad || container->value == 0) return false;
    --container->value;
    return true;
}

/* A map is skipped as the array of its keys and values. */
static void count_both(struct ajour_cbor_reader* reader, struct ajour_cbor_head* head) {
    if (head->value > (size_t)(reader->end - reader->at)) ajour_cbor_fail(reader);
    if (head->major == AJOUR_CBOR_MAP) head->value *= 2;
}

void ajour_cbor_skip(struct ajour_cbor_reader* reader, struct ajour_cbor_head head) {
    struct ajour_cbor_head open[AJOUR_SKIP_DEPTH];
    unsigned depth = 0;
    for (;;) {
        if (head.major == AJOUR_CBOR_BYTES || head.major == AJOUR_CBOR_TEXT) {
            (void)ajour_cbor_read_string(reader, &head);
        } else if (head.major == AJOUR_CBOR_ARRAY || head.major == AJOUR_CBOR_MAP) {
            if (depth == AJOUR_SKIP_DEPTH) ajour_cbor_fail(reader);
            if (head.info != AJOUR_CBOR_INDEFINITE) count_both(reader, &head);
            if (!reader->bad) open[depth++] = head;
        }
        while (depth > 0 && !ajour_cbor_read_more(reader, &open[depth - 1])) --depth;
        if (depth == 0) return;
        head = ajour_cbor_read_head(reader);
    }
}

void ajour_cbor_write_byte(struct ajour_cbor_writer* writer, uint8_t byte) {
    if (writer->length < writer->room) writer->out[writer->length] = byte;
    ++writer->length;
}

void ajour_cbor_write_head(struct ajour_cbor_writer* writer, uint8_t major, uint32_t value) {
    const uint8_t type = (uint8_t)(major << 5);
    unsigned width = value < ONE_BYTE ? 0 : value <= 0xff ? 1 : value <= 0xffff ? 2 : 4;
    const uint8_t info = width == 0 ? (uint8_t)value : (uint8_t)(ONE_BYTE + width / 2);
    ajour_cbor_write_byte(writer, type | info);
    while (width-- > 0) ajour_cbor_write_byte(writer, (uint8_t)(value >> (8 * width)));
}

void ajour_cbor_write_bytes(struct ajour_cbor_writer* writer, const uint8_t* data, uint8_t length) {
    ajour_cbor_write_head(writer, AJOUR_CBOR_BYTES, length);
    for (uint8_t i = 0; i < length; ++i) ajour_cbor_write_byte(writer, data[i]);
}
