/* SPDX-License-Identifier: Apache-2.0 */
/* The command line. */
#ifndef AJOUR_OPTIONS_H
#define AJOUR_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct ajour_options {
    const char* server;
    const char* application;
    const char* device;
    const char* version;
    const char* flash;
    const char* summary; /* NULL: none */
    const char* ca_file; /* NULL: the system's */
    char password[256];
    uint32_t mtu;
    uint32_t count;
    uint32_t timeout; /* seconds, 0: none */
    uint32_t poll_max;
    uint32_t retries;
    uint32_t workers;
    uint32_t connections;
    uint32_t capacity;
    uint32_t release_size;
    bool once;
    bool quiet;
    bool insecure;
};

/*
 * Reads the arguments, which are kept. A password among them is overwritten, so that it does not
 * stay in the list of processes. 0; 1 if help was asked for and given; -1 after one line on
 * standard error.
 */
int ajour_options_read(struct ajour_options* options, int argc, char** argv);

#endif
