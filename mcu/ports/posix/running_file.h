/* SPDX-License-Identifier: Apache-2.0 */
/* The file that says which slot runs, and what is in it: the boot loader's part of this port. */
#ifndef AJOUR_RUNNING_FILE_H
#define AJOUR_RUNNING_FILE_H

#include "ajour/ajour_storage.h"

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What runs. `release.offset` is its size in bytes; 0 for the version that the device was made
 * with. */
struct ajour_running {
    char slot; /* 'a' or 'b' */
    struct ajour_progress release;
};

/* 0, 1 if the directory has none yet, or -1 with errno set (EINVAL: it cannot be understood). */
int ajour_running_load(const char* directory, struct ajour_running* running);

/* Replaces the file at once, with `sync` also for a power cut; -1 with errno set. */
int ajour_running_save(const char* directory, const struct ajour_running* running, bool sync);

#ifdef __cplusplus
}
#endif

#endif
