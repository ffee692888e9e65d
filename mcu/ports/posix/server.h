/* SPDX-License-Identifier: Apache-2.0 */
/* The URL of a server, in its parts. */
#ifndef AJOUR_SERVER_H
#define AJOUR_SERVER_H

#ifdef __cplusplus
extern "C" {
#endif

enum { AJOUR_HOST_MAX = 256, AJOUR_SERVER_PATH_MAX = 256 };

struct ajour_server {
    char scheme[8];
    char host[AJOUR_HOST_MAX]; /* an IPv6 address without its brackets */
    char port[6];
    char path[AJOUR_SERVER_PATH_MAX]; /* empty, or begins with a slash and does not end with one */
};

/* NULL, or what is wrong with the text. */
const char* ajour_server_read(struct ajour_server* server, const char* url);

#ifdef __cplusplus
}
#endif

#endif
