/* SPDX-License-Identifier: Apache-2.0 */
#include "server.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char* scheme;
    const char* port;
} schemes[] = {{"http", "80"},    {"https", "443"}, {"mqtt", "1883"},
               {"mqtts", "8883"}, {"coap", "5683"}, {"coaps", "5684"}};

static bool copy(char* out, size_t room, const char* text, size_t length) {
    if (length >= room) return false;
    memcpy(out, text, length);
    out[length] = '\0';
    return true;
}

static const char* default_port(const char* scheme) {
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; ++i)
        if (strcmp(schemes[i].scheme, scheme) == 0) return schemes[i].port;
    return NULL;
}

static bool is_port(const char* text) {
    const size_t length = strlen(text);
    const bool is_number = length > 0 && strspn(text, "0123456789") == length;
    return is_number && atoi(text) >= 1 && atoi(text) <= 65535;
}

/* "host", "host:port" or "[address]:port". */
static bool read_authority(struct ajour_server* server, const char* text, size_t length) {
    const char* end = text + length;
    const bool is_bracketed = length > 0 && text[0] == '[';
    const char* host = is_bracketed ? text + 1 : text;
    const char* host_end = memchr(host, is_bracketed ? ']' : ':', (size_t)(end - host));
    if (host_end == NULL && is_bracketed) return false;
    if (host_end == NULL) host_end = end;
    const char* rest = is_bracketed ? host_end + 1 : host_end;
    if (host_end == host ||
        !copy(server->host, sizeof server->host, host, (size_t)(host_end - host)))
        return false;
    if (rest == end) return true;
    return *rest == ':' &&
           copy(server->port, sizeof server->port, rest + 1, (size_t)(end - rest - 1)) &&
           is_port(server->port);
}

static bool read_path(struct ajour_server* server, const char* text) {
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == '/') --length;
    return copy(server->path, sizeof server->path, text, length) &&
           strpbrk(server->path, "?#") == NULL;
}

const char* ajour_server_read(struct ajour_server* server, const char* url) {
    memset(server, 0, sizeof *server);
    const char* colon = strstr(url, "://");
    if (colon == NULL || !copy(server->scheme, sizeof server->scheme, url, (size_t)(colon - url)) ||
        default_port(server->scheme) == NULL)
        return "is no http://, https://, mqtt://, mqtts://, coap:// or coaps:// URL";
    strcpy(server->port, default_port(server->scheme));
    const char* authority = colon + 3;
    const size_t length = strcspn(authority, "/?#");
    if (memchr(authority, '@', length) != NULL)
        return "has a user in it; give credentials by their own options";
    if (!read_authority(server, authority, length))
        return "has no host, or no port from 1 to 65535";
    if (!read_path(server, authority + length)) return "has a path that is too long, or a query";
    if (server->path[0] != '\0' && strncmp(server->scheme, "http", 4) != 0)
        return "has a path, which only HTTP knows";
    return NULL;
}
