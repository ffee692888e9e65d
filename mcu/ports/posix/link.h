/* SPDX-License-Identifier: Apache-2.0 */
/* How a status gets to the server and its command back. One file per kind of link. */
#ifndef AJOUR_LINK_H
#define AJOUR_LINK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What all devices of the process share. Strings are the caller's and outlive the links. */
struct ajour_link_settings {
    const char* server; /* a URL */
    const char* application;
    const char* password; /* of each device */
    const char* ca_file;  /* certificates to trust, or NULL for the system's */
    bool insecure;        /* do not verify the server's certificate */
    atomic_bool stopping; /* set: exchanges end soon, with a problem */
};

enum { AJOUR_PROBLEM_MAX = 256 };

/* The bytes of one exchange. */
struct ajour_exchange {
    const uint8_t* status;
    size_t status_length;
    uint8_t* command; /* may be the memory of the status */
    size_t room;
    size_t command_length;
    char problem[AJOUR_PROBLEM_MAX]; /* why it failed, for people; no secret */
};

struct ajour_link_kind {
    /* A device's link, not connected yet; NULL if there is no memory. */
    void* (*open)(const struct ajour_link_settings* settings, const char* device);
    /* Sends a status and waits for its command; 0, or -1 and `problem`. Connects if need be. */
    int (*exchange)(void* link, struct ajour_exchange* exchange);
    /* Ends the connection and frees the link. */
    void (*close)(void* link);
};

extern const struct ajour_link_kind ajour_http_link;

#endif
