/* SPDX-License-Identifier: Apache-2.0 */
/* The server's command as bytes and as a value. Knows nothing of the client's state. */
#ifndef AJOUR_COMMAND_H
#define AJOUR_COMMAND_H

#include "cbor.h"

#ifdef __cplusplus
extern "C" {
#endif

/* In the order of their numbers on the wire. */
enum ajour_command_kind {
    AJOUR_COMMAND_WAIT,
    AJOUR_COMMAND_SYNC,
    AJOUR_COMMAND_WRITE,
    AJOUR_COMMAND_SWAP
};

enum ajour_field {
    AJOUR_FIELD_VERSION,
    AJOUR_FIELD_CORRELATION_ID,
    AJOUR_FIELD_POLL,
    AJOUR_FIELD_OFFSET,
    AJOUR_FIELD_DATA,
    AJOUR_FIELD_CHECKSUM,
    AJOUR_FIELD_NONE
};

struct ajour_command {
    uint8_t kind;    /* enum ajour_command_kind */
    uint8_t seen;    /* bit 1 << enum ajour_field: the field is there, or is null */
    uint8_t present; /* the same without those that are null */
    uint32_t correlation_id;
    uint32_t poll; /* seconds */
    uint32_t offset;
    struct ajour_bytes version; /* points into the message, as does data */
    struct ajour_bytes data;    /* a Write's block, a Swap's checksum */
};

/* AJOUR_OK or AJOUR_MALFORMED. Changes the bytes at `in` where strings came in chunks. */
int ajour_command_decode(struct ajour_command* command, uint8_t* in, size_t length);

#ifdef __cplusplus
}
#endif

#endif
