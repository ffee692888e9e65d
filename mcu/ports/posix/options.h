/* SPDX-License-Identifier: Apache-2.0 */
/* The command line. */
#ifndef AJOUR_OPTIONS_H
#define AJOUR_OPTIONS_H

#include "device.h"
#include "secret.h"

#include <stdbool.h>
#include <stdint.h>

struct ajour_options {
    const char* servers[AJOUR_ROUTES_MAX];
    uint32_t server_count;
    uint32_t switch_after; /* commands; 0: never */
    const char* application;
    const char* device;
    const char* version;
    const char* flash;
    const char* summary; /* NULL: none */
    const char* ca_file; /* NULL: the system's */
    const char* certificate_file;
    const char* key_file;
    const char* mqtt_user;
    const char* mqtt_publish;
    const char* mqtt_subscribe;
    char password[AJOUR_SECRET_MAX]; /* empty: none */
    char psk_text[AJOUR_SECRET_MAX];
    uint8_t psk[AJOUR_PSK_MAX];
    size_t psk_length;
    uint32_t mtu;
    uint32_t count;
    uint32_t timeout; /* seconds, 0: none */
    uint32_t poll_max;
    uint32_t retries;
    uint32_t connections;
    uint32_t capacity;
    uint32_t release_size;
    bool once;
    bool quiet;
    bool insecure;
};

/*
 * Reads the arguments, which are kept. A secret among them is overwritten, so that it does not
 * stay in the list of processes. 0; 1 if help was asked for and given; -1 after one line on
 * standard error.
 */
int ajour_options_read(struct ajour_options* options, int argc, char** argv);

#endif
