/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One request at a time, and what is to be done about datagrams and time (RFC 7252, section 4;
 * Block2 of RFC 7959; Echo of RFC 9175). Has no socket and no clock, so it can be played with.
 */
#ifndef AJOUR_COAP_EXCHANGE_H
#define AJOUR_COAP_EXCHANGE_H

#include "coap_message.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { AJOUR_COAP_ECHO_MAX = 40, AJOUR_COAP_STATUS_MAX = 128 };

/* What every request of a link has; outlives the exchange. */
struct ajour_coap_target {
    const char* host;          /* for Uri-Host, or NULL if it is an address */
    const char* authorization; /* for option 4209, or NULL */
    unsigned wait_for_command; /* seconds */
    size_t command_max;        /* bytes */
    unsigned retransmissions;  /* MAX_RETRANSMIT of RFC 7252 */
};

enum ajour_coap_action {
    AJOUR_COAP_NOTHING,
    AJOUR_COAP_SEND,    /* the request: for the first time, again, or a new one */
    AJOUR_COAP_COMMAND, /* an answer came: `command` */
    AJOUR_COAP_PROBLEM  /* there will be none: `problem` */
};

struct ajour_coap_reaction {
    enum ajour_coap_action action;
    uint8_t reply[AJOUR_COAP_HEADER]; /* to be sent before all else: an ACK or a reset */
    size_t reply_length;              /* 0: none */
    const uint8_t* command;           /* of the exchange or of the datagram */
    size_t command_length;
    char problem[64];
};

struct ajour_coap_exchange {
    /* private */
    const struct ajour_coap_target* target;
    enum { AJOUR_COAP_IDLE, AJOUR_COAP_SENT, AJOUR_COAP_ACKED } state;
    int64_t due; /* milliseconds; when ajour_coap_expire has something to do */
    int64_t timeout;
    unsigned sent; /* how often */
    unsigned echoes;
    uint16_t id;
    uint64_t token; /* of this request; that of the one before is one less */
    uint32_t random;
    uint8_t status_length;
    uint8_t echo_length;
    uint8_t status[AJOUR_COAP_STATUS_MAX];
    uint8_t echo[AJOUR_COAP_ECHO_MAX];
    uint32_t block_number; /* of the answer, that is asked for */
    uint8_t block_size;    /* as the option has it */
    uint8_t* blocks;       /* those that came; NULL: none */
    size_t blocks_length;
};

/* `seed` is where tokens and message ids begin: something that nobody can guess. */
void ajour_coap_exchange_open(struct ajour_coap_exchange* exchange,
                              const struct ajour_coap_target* target, uint64_t seed);
void ajour_coap_exchange_close(struct ajour_coap_exchange* exchange);

/* Begins a request with a status of at most AJOUR_COAP_STATUS_MAX bytes: send it now. */
void ajour_coap_begin(struct ajour_coap_exchange* exchange, const uint8_t* status, size_t length,
                      int64_t now);

/* The request as a datagram; its length, more than `room` if it does not fit. */
size_t ajour_coap_request(const struct ajour_coap_exchange* exchange, uint8_t* out, size_t room);

/* Takes in whatever came. */
struct ajour_coap_reaction ajour_coap_receive(struct ajour_coap_exchange* exchange,
                                              const uint8_t* datagram, size_t length, int64_t now);

/* When `due` has come. */
struct ajour_coap_reaction ajour_coap_expire(struct ajour_coap_exchange* exchange, int64_t now);

/* Whether a request waits for its answer. */
bool ajour_coap_is_waiting(const struct ajour_coap_exchange* exchange);

/* A command that was not taken: goes on waiting is not possible, so nothing is left of it. */
void ajour_coap_end(struct ajour_coap_exchange* exchange);

#ifdef __cplusplus
}
#endif

#endif
