/* SPDX-License-Identifier: Apache-2.0 */
/* CoAP messages as bytes (RFC 7252, section 3). Knows nothing of sockets, time or meaning. */
#ifndef AJOUR_COAP_MESSAGE_H
#define AJOUR_COAP_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum ajour_coap_type {
    AJOUR_COAP_CONFIRMABLE,
    AJOUR_COAP_NON_CONFIRMABLE,
    AJOUR_COAP_ACKNOWLEDGEMENT,
    AJOUR_COAP_RESET
};

/* A code c.dd is c * 32 + dd. */
enum ajour_coap_code {
    AJOUR_COAP_EMPTY = 0,
    AJOUR_COAP_POST = 2,
    AJOUR_COAP_CONTENT = 69,
    AJOUR_COAP_CHANGED = 68,
    AJOUR_COAP_UNAUTHORIZED = 129,
    AJOUR_COAP_FORBIDDEN = 131
};

enum ajour_coap_option_number {
    AJOUR_COAP_URI_HOST = 3,
    AJOUR_COAP_URI_PATH = 11,
    AJOUR_COAP_CONTENT_FORMAT = 12,
    AJOUR_COAP_URI_QUERY = 15,
    AJOUR_COAP_BLOCK2 = 23,
    AJOUR_COAP_ECHO = 252,
    AJOUR_COAP_AUTHORIZATION = 4209 /* of Drogue Cloud; the value of an HTTP Authorization */
};

enum { AJOUR_COAP_TOKEN_MAX = 8, AJOUR_COAP_HEADER = 4 };

struct ajour_coap_header {
    uint8_t type; /* enum ajour_coap_type */
    uint8_t code;
    uint16_t id;
    uint8_t token_length;
    uint8_t token[AJOUR_COAP_TOKEN_MAX];
};

/* Counts what does not fit, and writes none of it. Options come in the order of their numbers. */
struct ajour_coap_writer {
    uint8_t* out;
    size_t room;
    size_t length;
    uint16_t last_option;
};

struct ajour_coap_writer ajour_coap_write_header(uint8_t* out, size_t room,
                                                 const struct ajour_coap_header* header);
void ajour_coap_write_option(struct ajour_coap_writer* writer, uint16_t number, const void* value,
                             size_t length);
/* The shortest form of a number, which has no byte for 0. */
void ajour_coap_write_number(struct ajour_coap_writer* writer, uint16_t number, uint32_t value);
void ajour_coap_write_payload(struct ajour_coap_writer* writer, const void* data, size_t length);

/* Points into the datagram. */
struct ajour_coap_option {
    uint32_t number;
    const uint8_t* value;
    size_t length;
};

struct ajour_coap_reader {
    const uint8_t* at;
    const uint8_t* end;
    uint32_t number;
};

/* 0; -1 if the datagram has no whole header, another version, or a token that is too long. */
int ajour_coap_read_header(struct ajour_coap_reader* reader, struct ajour_coap_header* header,
                           const uint8_t* datagram, size_t length);

/* 1 and the next option; 0 when there is none: `at` to `end` is the payload; -1 if malformed. */
int ajour_coap_read_option(struct ajour_coap_reader* reader, struct ajour_coap_option* option);

/* The number that an option is, or `fallback` if it is longer than four bytes. */
uint32_t ajour_coap_number_of(const struct ajour_coap_option* option, uint32_t fallback);

#ifdef __cplusplus
}
#endif

#endif
