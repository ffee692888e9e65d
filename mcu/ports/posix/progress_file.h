/* SPDX-License-Identifier: Apache-2.0 */
/* The progress record in a file: two places that are written in turn, each with a checksum. */
#ifndef AJOUR_PROGRESS_FILE_H
#define AJOUR_PROGRESS_FILE_H

#include "ajour/ajour_storage.h"

#ifdef __cplusplus
extern "C" {
#endif

struct ajour_progress_file {
    const char* path;  /* the caller's, kept */
    uint32_t sequence; /* of the record written last */
};

/* Finds the newest whole record: 0 and `progress`, or -1 if there is none. */
int ajour_progress_file_load(struct ajour_progress_file* file, struct ajour_progress* progress);

/* Writes over the older of the two places, so that a kill in between leaves the newer one. */
int ajour_progress_file_save(struct ajour_progress_file* file,
                             const struct ajour_progress* progress);

#ifdef __cplusplus
}
#endif

#endif
