/* SPDX-License-Identifier: Apache-2.0 */
/* What a server's message says, as far as a device understands it. */
#ifndef AJOUR_COAP_RESPONSE_H
#define AJOUR_COAP_RESPONSE_H

#include "coap_message.h"

/* Points into the datagram. */
struct ajour_coap_response {
    struct ajour_coap_header header;
    const uint8_t* payload;
    size_t length;
    const uint8_t* echo;
    size_t echo_length; /* 0: none */
    bool has_block;
    uint32_t block; /* the value of Block2 */
};

enum ajour_coap_reading {
    AJOUR_COAP_READ,
    AJOUR_COAP_REFUSED, /* malformed, or a critical option that we do not know; has a header */
    AJOUR_COAP_NO_MESSAGE
};

enum ajour_coap_reading ajour_coap_read_response(struct ajour_coap_response* response,
                                                 const uint8_t* datagram, size_t length);

/* Whether a code is that of a response, and not of a request or of nothing. */
bool ajour_coap_is_response(const struct ajour_coap_header* header);

#endif
