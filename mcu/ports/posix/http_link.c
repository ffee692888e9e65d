/* SPDX-License-Identifier: Apache-2.0 */
/* POST {server}/v1/dfu?ct=30 with Basic authentication or a certificate, on kept connections. */
#include "http_group.h"
#include "link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONNECT_TIMEOUT = 10, TIMEOUT = AJOUR_WAIT_FOR_COMMAND + 10 };

struct http_link {
    struct ajour_route* route;
    struct ajour_listener listener;
    struct ajour_http_group* group;
    CURL* curl;
    struct curl_slist* headers;
    uint8_t* answer; /* while there is one */
    size_t answer_length;
    bool is_sending;
    char error[CURL_ERROR_SIZE];
};

static size_t receive(char* data, size_t size, size_t count, void* context) {
    struct http_link* link = context;
    const size_t length = size * count;
    const size_t room = link->route->settings->command_max;
    if (link->answer == NULL) link->answer = malloc(room);
    if (link->answer == NULL || length > room - link->answer_length) return 0;
    memcpy(link->answer + link->answer_length, data, length);
    link->answer_length += length;
    return length;
}

static void close_link(void* context) {
    struct http_link* link = context;
    if (link->is_sending) curl_multi_remove_handle(link->group->multi, link->curl);
    if (link->group != NULL) --link->group->links;
    curl_easy_cleanup(link->curl);
    curl_slist_free_all(link->headers);
    free(link->answer);
    free(link);
}

/* device@application; the device's own '@', ':' and '%' are percent-encoded. A certificate says who
 * we are by itself, and servers refuse a password beside it. */
static int set_user(struct http_link* link, const char* device) {
    const struct ajour_link_settings* settings = link->route->settings;
    char user[AJOUR_USER_MAX];
    const bool is_https = strcmp(link->route->server.scheme, "https") == 0;
    if (settings->password == NULL || (is_https && settings->certificate_file != NULL)) return 0;
    char* escaped = curl_easy_escape(link->curl, device, 0);
    if (escaped == NULL) return -1;
    const int length = snprintf(user, sizeof user, "%s@%s", escaped, settings->application);
    curl_free(escaped);
    if (length < 0 || length >= (int)sizeof user) return -1;
    curl_easy_setopt(link->curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
    curl_easy_setopt(link->curl, CURLOPT_USERNAME, user);
    curl_easy_setopt(link->curl, CURLOPT_PASSWORD, settings->password);
    return 0;
}

static void set_url(struct http_link* link) {
    const struct ajour_server* server = &link->route->server;
    const bool is_v6 = strchr(server->host, ':') != NULL;
    char url[1024];
    snprintf(url, sizeof url, "%s://%s%s%s:%s%s/v1/dfu?ct=%d", server->scheme, is_v6 ? "[" : "",
             server->host, is_v6 ? "]" : "", server->port, server->path, AJOUR_WAIT_FOR_COMMAND);
    curl_easy_setopt(link->curl, CURLOPT_URL, url);
}

static void set_tls(struct http_link* link) {
    const struct ajour_link_settings* settings = link->route->settings;
    CURL* curl = link->curl;
    if (settings->ca_file != NULL) curl_easy_setopt(curl, CURLOPT_CAINFO, settings->ca_file);
    if (settings->certificate_file != NULL) {
        curl_easy_setopt(curl, CURLOPT_SSLCERT, settings->certificate_file);
        curl_easy_setopt(curl, CURLOPT_SSLKEY, settings->key_file);
    }
    if (!settings->insecure) return;
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
}

static void set_transfer(struct http_link* link) {
    CURL* curl = link->curl;
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, link->headers);
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_TIMEOUT);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)TIMEOUT);
    curl_easy_setopt(curl, CURLOPT_BUFFERSIZE, 4096L);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, link->error);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, link);
    curl_easy_setopt(curl, CURLOPT_PRIVATE, link);
}

static void refuse(struct http_link* link, const char* text) {
    link->listener.on_problem(link->listener.context, text);
}

static void check_answer(struct http_link* link) {
    char text[64];
    long code = 0;
    curl_easy_getinfo(link->curl, CURLINFO_RESPONSE_CODE, &code);
    snprintf(text, sizeof text, "the server answered %ld", code);
    if (code == 401 || code == 403)
        refuse(link, "the server refuses this device or its password");
    else if (code != 200 && code != 202)
        refuse(link, text);
    else if (link->answer_length == 0)
        refuse(link, "the server sent no command");
    else if (!link->listener.on_command(link->listener.context, link->answer, link->answer_length))
        refuse(link, "the answer is that of an earlier status");
}

static void on_done(CURL* curl, CURLcode code) {
    struct http_link* link = NULL;
    curl_easy_getinfo(curl, CURLINFO_PRIVATE, (char**)&link);
    link->is_sending = false;
    if (code == CURLE_WRITE_ERROR)
        refuse(link, "the answer is longer than any command");
    else if (code != CURLE_OK)
        refuse(link, link->error[0] != '\0' ? link->error : curl_easy_strerror(code));
    else
        check_answer(link);
    free(link->answer);
    link->answer = NULL;
}

static int join_group(struct http_link* link) {
    struct ajour_route* route = link->route;
    struct ajour_http_group* group = route->shared;
    while (group != NULL && group->links == AJOUR_HTTP_GROUP_MAX) group = group->next;
    if (group == NULL) {
        group = ajour_http_group_open(route->loop, on_done);
        if (group == NULL) return -1;
        group->next = route->shared;
        route->shared = group;
    }
    ++group->links;
    link->group = group;
    return 0;
}

static int fill_in(struct http_link* link, const char* device) {
    link->curl = curl_easy_init();
    link->headers = curl_slist_append(NULL, "Content-Type: application/cbor");
    if (link->curl == NULL || link->headers == NULL || join_group(link) != 0) return -1;
    set_url(link);
    set_transfer(link);
    set_tls(link);
    return set_user(link, device);
}

static void* open_link(struct ajour_route* route, const char* device,
                       const struct ajour_listener* listener) {
    struct http_link* link = calloc(1, sizeof *link);
    if (link == NULL) return NULL;
    link->route = route;
    link->listener = *listener;
    if (fill_in(link, device) == 0) return link;
    close_link(link);
    return NULL;
}

static void send_status(void* context, const uint8_t* status, size_t length) {
    struct http_link* link = context;
    link->answer_length = 0;
    link->error[0] = '\0';
    curl_easy_setopt(link->curl, CURLOPT_POSTFIELDSIZE, (long)length);
    curl_easy_setopt(link->curl, CURLOPT_COPYPOSTFIELDS, (const char*)status);
    link->is_sending = curl_multi_add_handle(link->group->multi, link->curl) == CURLM_OK;
    if (!link->is_sending) refuse(link, "libcurl cannot send");
}

static int prepare(struct ajour_route* route, char problem[AJOUR_PROBLEM_MAX]) {
    (void)route;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK) return 0;
    snprintf(problem, AJOUR_PROBLEM_MAX, "libcurl cannot be used");
    return -1;
}

static void finish(struct ajour_route* route) {
    for (struct ajour_http_group* group = route->shared; group != NULL;) {
        struct ajour_http_group* next = group->next;
        ajour_http_group_close(group);
        group = next;
    }
    curl_global_cleanup();
}

const struct ajour_link_kind ajour_http_link = {prepare,     finish,     open_link,
                                                send_status, close_link, 1};
