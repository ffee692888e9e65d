/* SPDX-License-Identifier: Apache-2.0 */
#include "routes.h"

#include <stdio.h>

static int prepare_route(struct ajour_route* route, const char* url) {
    char problem[AJOUR_PROBLEM_MAX] = "";
    const char* wrong = ajour_server_read(&route->server, url);
    if (wrong != NULL) {
        fprintf(stderr, "ajour-device: --server %s\n", wrong);
        return -1;
    }
    route->kind = ajour_link_find(route->server.scheme, problem);
    if (route->kind != NULL && route->kind->prepare(route, problem) == 0) return 0;
    fprintf(stderr, "ajour-device: --server: %s\n", problem);
    return -1;
}

void ajour_routes_finish(struct ajour_route* routes, size_t count) {
    for (size_t i = 0; i < count; ++i) routes[i].kind->finish(&routes[i]);
}

int ajour_routes_prepare(struct ajour_route* routes, const struct ajour_options* options,
                         const struct ajour_link_settings* settings, struct ajour_loop* loop) {
    for (size_t i = 0; i < options->server_count; ++i) {
        routes[i] = (struct ajour_route){.settings = settings, .loop = loop};
        if (prepare_route(&routes[i], options->servers[i]) == 0) continue;
        ajour_routes_finish(routes, i);
        return -1;
    }
    return 0;
}

unsigned ajour_routes_files(const struct ajour_route* routes, size_t count) {
    unsigned files = 1;
    for (size_t i = 0; i < count; ++i)
        if (routes[i].kind->files > files) files = routes[i].kind->files;
    return files;
}
