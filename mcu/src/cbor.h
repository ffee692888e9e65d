/* SPDX-License-Identifier: Apache-2.0 */
/* The pieces of CBOR (RFC 8949) that the protocol uses. Knows nothing of its messages. */
#ifndef AJOUR_CBOR_H
#define AJOUR_CBOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum ajour_cbor_major {
    AJOUR_CBOR_UNSIGNED = 0,
    AJOUR_CBOR_NEGATIVE = 1,
    AJOUR_CBOR_BYTES = 2,
    AJOUR_CBOR_TEXT = 3,
    AJOUR_CBOR_ARRAY = 4,
    AJOUR_CBOR_MAP = 5,
    AJOUR_CBOR_TAG = 6,
    AJOUR_CBOR_SIMPLE = 7
};

enum { AJOUR_CBOR_NULL = 22, AJOUR_CBOR_INDEFINITE = 31 }; /* values of ajour_cbor_head.info */

struct ajour_bytes {
    uint8_t* data;
    uint32_t length;
};

/* Once `bad`, a reader stays at its end: every later read gives zeros. */
struct ajour_cbor_reader {
    uint8_t* at;
    const uint8_t* end;
    bool bad;
};

struct ajour_cbor_head {
    uint32_t value; /* UINT32_MAX if it does not fit */
    bool too_wide;  /* the value does not fit 32 bits */
    uint8_t major;
    uint8_t info;
};

void ajour_cbor_fail(struct ajour_cbor_reader* reader);

/* The head of the next item, after any tags. A break is not an item. */
struct ajour_cbor_head ajour_cbor_read_head(struct ajour_cbor_reader* reader);

/* The string that `head` begins; chunks are moved together in place. */
struct ajour_bytes ajour_cbor_read_string(struct ajour_cbor_reader* reader,
                                          const struct ajour_cbor_head* head);

/* Whether the container has one more item; counts it off, or takes the break of an indefinite one.
 */
bool ajour_cbor_read_more(struct ajour_cbor_reader* reader, struct ajour_cbor_head* container);

/* Passes over the item that `head` begins, whatever it holds. */
void ajour_cbor_skip(struct ajour_cbor_reader* reader, struct ajour_cbor_head head);

/* Counts what does not fit, and writes none of it. */
struct ajour_cbor_writer {
    uint8_t* out;
    size_t room;
    size_t length;
};

void ajour_cbor_write_byte(struct ajour_cbor_writer* writer, uint8_t byte);
void ajour_cbor_write_head(struct ajour_cbor_writer* writer, uint8_t major, uint32_t value);
void ajour_cbor_write_bytes(struct ajour_cbor_writer* writer, const uint8_t* data, uint8_t length);

#ifdef __cplusplus
}
#endif

#endif
