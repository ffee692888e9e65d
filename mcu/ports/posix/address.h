/* SPDX-License-Identifier: Apache-2.0 */
/* Where a server is on the network, looked up for all links at once. */
#ifndef AJOUR_ADDRESS_H
#define AJOUR_ADDRESS_H

#include "server.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

struct ajour_address {
    struct sockaddr_storage place;
    socklen_t length; /* 0: not known */
    int64_t found;    /* when; looked up again after half a minute */
};

/* NULL, or why it was not found. */
const char* ajour_address_find(struct ajour_address* address, const struct ajour_server* server);

/* Whether a host is written as an address, and no name. */
bool ajour_address_is_literal(const char* host);

#endif
