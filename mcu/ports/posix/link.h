/* SPDX-License-Identifier: Apache-2.0 */
/* How a status gets to the server and its command back. One file per kind of link. */
#ifndef AJOUR_LINK_H
#define AJOUR_LINK_H

#include "loop.h"
#include "server.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { AJOUR_PROBLEM_MAX = 256, AJOUR_PSK_MAX = 64, AJOUR_USER_MAX = 512, AJOUR_TOPIC_MAX = 512 };

/* Seconds that a server is asked to wait for the command of a status. */
enum { AJOUR_WAIT_FOR_COMMAND = 30 };

/* What all devices of the process share. Strings are the caller's and outlive the links. */
struct ajour_link_settings {
    const char* application;
    const char* password;         /* of each device, or NULL */
    const char* ca_file;          /* certificates to trust, or NULL for the system's */
    const char* certificate_file; /* of each device, in PEM, or NULL */
    const char* key_file;         /* of that certificate */
    const uint8_t* psk;           /* of each device, for DTLS */
    size_t psk_length;            /* 0: none */
    const char* mqtt_user;        /* templates with {application} and {device} */
    const char* mqtt_publish;
    const char* mqtt_subscribe;
    size_t command_max; /* bytes of the longest command that a device takes */
    bool insecure;      /* do not verify the server's certificate */
};

/* A server, and what the devices that use it share. Outlives their links. */
struct ajour_route {
    const struct ajour_link_kind* kind;
    struct ajour_server server;
    const struct ajour_link_settings* settings;
    struct ajour_loop* loop;
    void* shared; /* the kind's own */
};

/*
 * Whoever sent a status. Each send is answered by one call that ends the exchange: a command that
 * is taken, or a problem. It never calls the link back from inside of these.
 */
struct ajour_listener {
    /* False if the command answers an earlier status, so that the exchange goes on. May change the
     * bytes. */
    bool (*on_command)(void* context, uint8_t* command, size_t length);
    /* A text for people, without a secret in it. */
    void (*on_problem)(void* context, const char* problem);
    void* context;
};

struct ajour_link_kind {
    /* Makes what the links of a route share; -1 and a text if that is not possible. */
    int (*prepare)(struct ajour_route* route, char problem[AJOUR_PROBLEM_MAX]);
    /* Frees it, after the last link was closed. */
    void (*finish)(struct ajour_route* route);
    /* A device's link, not connected yet; NULL if there is no memory or the name is too long. */
    void* (*open)(struct ajour_route* route, const char* device,
                  const struct ajour_listener* listener);
    /* Begins an exchange, of which there is one at a time; connects if need be. Copies the bytes,
     * which are at most AJOUR_STATUS_MAX. */
    void (*send)(void* link, const uint8_t* status, size_t length);
    /* Ends the connection and frees the link; an exchange ends without a call. */
    void (*close)(void* link);
    unsigned files; /* descriptors that a link needs at most */
};

/* NULL with a text if this program has no link for the scheme. */
const struct ajour_link_kind* ajour_link_find(const char* scheme, char problem[AJOUR_PROBLEM_MAX]);

#endif
