/* SPDX-License-Identifier: Apache-2.0 */
#include "address.h"

#include "clock.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <string.h>

enum { FRESH = 30000 };

const char* ajour_address_find(struct ajour_address* address, const struct ajour_server* server) {
    const int64_t now = ajour_clock_now();
    struct addrinfo hints;
    struct addrinfo* found = NULL;
    if (address->length > 0 && now - address->found < FRESH) return NULL;
    memset(&hints, 0, sizeof hints);
    hints.ai_socktype = SOCK_DGRAM;
    const int result = getaddrinfo(server->host, server->port, &hints, &found);
    if (result != 0) return gai_strerror(result);
    memcpy(&address->place, found->ai_addr, found->ai_addrlen);
    address->length = found->ai_addrlen;
    address->found = now;
    freeaddrinfo(found);
    return NULL;
}

bool ajour_address_is_literal(const char* host) {
    uint8_t address[16];
    return inet_pton(AF_INET, host, address) == 1 || inet_pton(AF_INET6, host, address) == 1;
}
