/* SPDX-License-Identifier: Apache-2.0 */
/* DTLS 1.2 as a client on a connected UDP socket, with a shared key or with certificates. */
#ifndef AJOUR_DTLS_H
#define AJOUR_DTLS_H

#include "link.h"

#include <sys/types.h>

struct ajour_dtls; /* a session */

/* What the sessions of a route share; NULL and a text. */
void* ajour_dtls_prepare(const struct ajour_route* route, char problem[AJOUR_PROBLEM_MAX]);
void ajour_dtls_finish(void* shared);

/* A session that has not begun; the socket stays the caller's. NULL if there is no memory. */
struct ajour_dtls* ajour_dtls_open(void* shared, const struct ajour_route* route, int fd,
                                   const char* device);
void ajour_dtls_close(struct ajour_dtls* session);

/* Goes on with the handshake when something came or time is over: 1 when it is done, 0 while it is
 * not, -1 and a text. */
int ajour_dtls_shake_hands(struct ajour_dtls* session, char problem[AJOUR_PROBLEM_MAX]);

/* Milliseconds until the handshake goes on by itself; -1: never. */
int64_t ajour_dtls_pause(struct ajour_dtls* session);

/* Sends a datagram; what does not get through is lost, as with UDP. */
void ajour_dtls_send(struct ajour_dtls* session, const uint8_t* data, size_t length);

/* The length of a datagram; 0 if there is none now, -1 if the session is over. */
ssize_t ajour_dtls_receive(struct ajour_dtls* session, uint8_t* data, size_t room);

#endif
