/* SPDX-License-Identifier: Apache-2.0 */
#include "http_group.h"

#include <stdlib.h>

/* Of a socket of the group; libcurl keeps it for us. */
struct socket_watch {
    struct ajour_watch watch;
    struct ajour_http_group* group;
};

static void tell_ends(struct ajour_http_group* group) {
    int left = 0;
    for (CURLMsg* message; (message = curl_multi_info_read(group->multi, &left)) != NULL;) {
        if (message->msg != CURLMSG_DONE) continue;
        CURL* curl = message->easy_handle;
        const CURLcode code = message->data.result;
        curl_multi_remove_handle(group->multi, curl);
        group->on_done(curl, code);
    }
}

static void on_socket(void* context, unsigned what) {
    const struct socket_watch* ready = context;
    struct ajour_http_group* group = ready->group;
    const int read = (what & AJOUR_READABLE) != 0 ? CURL_CSELECT_IN : 0;
    const int write = (what & AJOUR_WRITABLE) != 0 ? CURL_CSELECT_OUT : 0;
    int running = 0;
    curl_multi_socket_action(group->multi, ready->watch.fd, read | write, &running);
    tell_ends(group);
}

static void on_time(void* context) {
    struct ajour_http_group* group = context;
    int running = 0;
    curl_multi_socket_action(group->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    tell_ends(group);
}

static int forget_socket(struct ajour_http_group* group, struct socket_watch* known) {
    if (known != NULL) ajour_loop_unwatch(group->loop, &known->watch);
    free(known);
    return 0;
}

static int watch_socket(CURL* curl, curl_socket_t socket, int what, void* context, void* known) {
    struct ajour_http_group* group = context;
    struct socket_watch* watched = known;
    (void)curl;
    if (what == CURL_POLL_REMOVE) return forget_socket(group, watched);
    if (watched == NULL) {
        watched = calloc(1, sizeof *watched);
        if (watched == NULL) return -1;
        *watched =
            (struct socket_watch){{.fd = socket, .ready = on_socket, .context = watched}, group};
        curl_multi_assign(group->multi, socket, watched);
    }
    const unsigned read = (what & CURL_POLL_IN) != 0 ? AJOUR_READABLE : 0;
    const unsigned write = (what & CURL_POLL_OUT) != 0 ? AJOUR_WRITABLE : 0;
    return ajour_loop_watch(group->loop, &watched->watch, read | write);
}

static int set_timer(CURLM* multi, long milliseconds, void* context) {
    struct ajour_http_group* group = context;
    (void)multi;
    if (milliseconds < 0)
        ajour_loop_cancel_timer(group->loop, &group->timer);
    else
        ajour_loop_set_timer(group->loop, &group->timer, milliseconds);
    return 0;
}

struct ajour_http_group* ajour_http_group_open(struct ajour_loop* loop,
                                               void (*on_done)(CURL* curl, CURLcode code)) {
    struct ajour_http_group* group = calloc(1, sizeof *group);
    CURLM* multi = curl_multi_init();
    if (group == NULL || multi == NULL) {
        curl_multi_cleanup(multi);
        free(group);
        return NULL;
    }
    *group = (struct ajour_http_group){.loop = loop,
                                       .multi = multi,
                                       .timer = {.expired = on_time, .context = group},
                                       .on_done = on_done};
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, group);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, set_timer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, group);
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)AJOUR_HTTP_GROUP_MAX);
    return group;
}

void ajour_http_group_close(struct ajour_http_group* group) {
    curl_multi_cleanup(group->multi);
    ajour_loop_cancel_timer(group->loop, &group->timer);
    free(group);
}
