/* SPDX-License-Identifier: Apache-2.0 */
/* The servers of the options, made ready for links. */
#ifndef AJOUR_ROUTES_H
#define AJOUR_ROUTES_H

#include "link.h"
#include "options.h"

/* One for each server. -1 after one line on standard error. */
int ajour_routes_prepare(struct ajour_route* routes, const struct ajour_options* options,
                         const struct ajour_link_settings* settings, struct ajour_loop* loop);
void ajour_routes_finish(struct ajour_route* routes, size_t count);

/* Descriptors that a device's link needs at most. */
unsigned ajour_routes_files(const struct ajour_route* routes, size_t count);

#endif
