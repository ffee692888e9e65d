/* SPDX-License-Identifier: Apache-2.0 */
/* In place of dtls.c where OpenSSL is absent; links.c then refuses coaps:// before. */
#include "dtls.h"

#include <stdio.h>

void* ajour_dtls_prepare(const struct ajour_route* route, char problem[AJOUR_PROBLEM_MAX]) {
    (void)route;
    snprintf(problem, AJOUR_PROBLEM_MAX, "built without OpenSSL");
    return NULL;
}

void ajour_dtls_finish(void* shared) {
    (void)shared;
}

struct ajour_dtls* ajour_dtls_open(void* shared, const struct ajour_route* route, int fd,
                                   const char* device) {
    (void)shared, (void)route, (void)fd, (void)device;
    return NULL;
}

void ajour_dtls_close(struct ajour_dtls* session) {
    (void)session;
}

int ajour_dtls_shake_hands(struct ajour_dtls* session, char problem[AJOUR_PROBLEM_MAX]) {
    (void)session, (void)problem;
    return -1;
}

int64_t ajour_dtls_pause(struct ajour_dtls* session) {
    (void)session;
    return -1;
}

void ajour_dtls_send(struct ajour_dtls* session, const uint8_t* data, size_t length) {
    (void)session, (void)data, (void)length;
}

ssize_t ajour_dtls_receive(struct ajour_dtls* session, uint8_t* data, size_t room) {
    (void)session, (void)data, (void)room;
    return -1;
}
