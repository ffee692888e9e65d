/* SPDX-License-Identifier: Apache-2.0 */
/* POST {server}/v1/dfu?ct=30 with Basic authentication, on a connection that is kept. */
#include "link.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WAIT_FOR_COMMAND = 30, CONNECT_TIMEOUT = 10, TIMEOUT = WAIT_FOR_COMMAND + 10 };

struct http_link {
    const struct ajour_link_settings* settings;
    CURL* curl;
    struct curl_slist* headers;
    char error[CURL_ERROR_SIZE];
};

static size_t receive(char* data, size_t size, size_t count, void* context) {
    struct ajour_exchange* exchange = context;
    const size_t length = size * count;
    if (length > exchange->room - exchange->command_length) return 0;
    memcpy(exchange->command + exchange->command_length, data, length);
    exchange->command_length += length;
    return length;
}

static int stop_if_asked(void* context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
    const struct http_link* link = context;
    (void)a, (void)b, (void)c, (void)d;
    return atomic_load(&link->settings->stopping) ? 1 : 0;
}

static void close_link(void* context) {
    struct http_link* link = context;
    curl_easy_cleanup(link->curl);
    curl_slist_free_all(link->headers);
    free(link);
}

/* device@application; the device's own '@', ':' and '%' are percent-encoded. */
static int set_user(struct http_link* link, const char* device) {
    char user[512];
    char* escaped = curl_easy_escape(link->curl, device, 0);
    if (escaped == NULL) return -1;
    const int length = snprintf(user, sizeof user, "%s@%s", escaped, link->settings->application);
    curl_free(escaped);
    if (length < 0 || length >= (int)sizeof user) return -1;
    curl_easy_setopt(link->curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
    curl_easy_setopt(link->curl, CURLOPT_USERNAME, user);
    curl_easy_setopt(link->curl, CURLOPT_PASSWORD, link->settings->password);
    return 0;
}

static int set_url(struct http_link* link) {
    char url[1024];
    size_t length = strlen(link->settings->server);
    while (length > 0 && link->settings->server[length - 1] == '/') --length;
    const int written = snprintf(url, sizeof url, "%.*s/v1/dfu?ct=%d", (int)length,
                                 link->settings->server, WAIT_FOR_COMMAND);
    if (written < 0 || written >= (int)sizeof url) return -1;
    curl_easy_setopt(link->curl, CURLOPT_URL, url);
    return 0;
}

static void set_tls(struct http_link* link) {
    const struct ajour_link_settings* settings = link->settings;
    if (settings->ca_file != NULL) curl_easy_setopt(link->curl, CURLOPT_CAINFO, settings->ca_file);
    if (!settings->insecure) return;
    curl_easy_setopt(link->curl, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(link->curl, CURLOPT_SSL_VERIFYHOST, 0L);
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
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, stop_if_asked);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, link);
}

static int prepare(struct http_link* link, const char* device) {
    link->curl = curl_easy_init();
    link->headers = curl_slist_append(NULL, "Content-Type: application/cbor");
    if (link->curl == NULL || link->headers == NULL) return -1;
    set_transfer(link);
    set_tls(link);
    return set_url(link) == 0 && set_user(link, device) == 0 ? 0 : -1;
}

static void* open_link(const struct ajour_link_settings* settings, const char* device) {
    struct http_link* link = calloc(1, sizeof *link);
    if (link == NULL) return NULL;
    link->settings = settings;
    if (prepare(link, device) == 0) return link;
    close_link(link);
    return NULL;
}

static int refuse(struct ajour_exchange* exchange, const char* text) {
    snprintf(exchange->problem, sizeof exchange->problem, "%s", text);
    return -1;
}

static int check_answer(const struct http_link* link, struct ajour_exchange* exchange) {
    long code = 0;
    curl_easy_getinfo(link->curl, CURLINFO_RESPONSE_CODE, &code);
    if (code == 401 || code == 403)
        return refuse(exchange, "the server refuses this device or its password");
    if (code != 200 && code != 202) {
        snprintf(exchange->problem, sizeof exchange->problem, "the server answered %ld", code);
        return -1;
    }
    return exchange->command_length > 0 ? 0 : refuse(exchange, "the server sent no command");
}

static int exchange_by_http(void* context, struct ajour_exchange* exchange) {
    struct http_link* link = context;
    exchange->command_length = 0;
    link->error[0] = '\0';
    curl_easy_setopt(link->curl, CURLOPT_POSTFIELDSIZE, (long)exchange->status_length);
    curl_easy_setopt(link->curl, CURLOPT_COPYPOSTFIELDS, (const char*)exchange->status);
    curl_easy_setopt(link->curl, CURLOPT_WRITEDATA, exchange);
    const CURLcode code = curl_easy_perform(link->curl);
    if (code == CURLE_WRITE_ERROR) return refuse(exchange, "the answer is longer than any command");
    if (code != CURLE_OK)
        return refuse(exchange, link->error[0] != '\0' ? link->error : curl_easy_strerror(code));
    return check_answer(link, exchange);
}

const struct ajour_link_kind ajour_http_link = {open_link, exchange_by_http, close_link};
