/* SPDX-License-Identifier: Apache-2.0 */
/* A device's flash in a directory: two slots, the progress record, and which slot runs. */
#ifndef AJOUR_FLASH_H
#define AJOUR_FLASH_H

#include "ajour/ajour_sha256.h"
#include "ajour/ajour_storage.h"
#include "file.h"
#include "progress_file.h"
#include "running_file.h"

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ajour_flash {
    struct ajour_storage storage; /* of the slot that does not run */
    struct ajour_running running; /* as at boot */
    char directory[AJOUR_PATH_MAX];
    char progress_path[AJOUR_PATH_MAX];
    struct ajour_progress_file progress;
};

/*
 * Powers the device on: looks up which slot runs. A directory that is new becomes a device that
 * runs `factory_version`, without bytes. `capacity` is a multiple of 4096. -1 with errno set.
 * `flash` must not move afterwards.
 */
int ajour_flash_open(struct ajour_flash* flash, const char* directory, const char* factory_version,
                     uint32_t capacity);

/* The SHA-256 of the release that runs, read from its slot. -1 with errno set. */
int ajour_flash_digest(const struct ajour_flash* flash, uint8_t digest[AJOUR_SHA256_LENGTH]);

#ifdef __cplusplus
}
#endif

#endif
