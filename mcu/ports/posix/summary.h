/* SPDX-License-Identifier: Apache-2.0 */
/* One line of JSON per device, for scripts. */
#ifndef AJOUR_SUMMARY_H
#define AJOUR_SUMMARY_H

#include "device.h"

/* Writes to a file, or to standard output for "-". -1 with errno set. */
int ajour_summary_write(const char* path, const struct ajour_device* devices, size_t count);

#endif
