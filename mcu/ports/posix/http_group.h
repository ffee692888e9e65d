/* SPDX-License-Identifier: Apache-2.0 */
/* Some links that share one multi handle of libcurl in the loop. A handle for each would cost three
 * descriptors, one for all would look through all connections for each request. */
#ifndef AJOUR_HTTP_GROUP_H
#define AJOUR_HTTP_GROUP_H

#include "loop.h"

#include <curl/curl.h>

enum { AJOUR_HTTP_GROUP_MAX = 32 };

struct ajour_http_group {
    struct ajour_http_group* next;
    struct ajour_loop* loop;
    CURLM* multi;
    struct ajour_timer timer;
    unsigned links;
    /* Called when a transfer ended; it was taken out of the multi handle. */
    void (*on_done)(CURL* curl, CURLcode code);
};

/* NULL if there is no memory. */
struct ajour_http_group* ajour_http_group_open(struct ajour_loop* loop,
                                               void (*on_done)(CURL* curl, CURLcode code));
void ajour_http_group_close(struct ajour_http_group* group);

#endif
