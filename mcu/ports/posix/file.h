/* SPDX-License-Identifier: Apache-2.0 */
/* Whole reads and writes of files in a directory. Functions return 0, or -1 with errno set. */
#ifndef AJOUR_FILE_H
#define AJOUR_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { AJOUR_PATH_MAX = 1024 };

/* "directory/name"; -1 if it does not fit AJOUR_PATH_MAX. */
int ajour_file_path(char* path, const char* directory, const char* name);

/* Writes at a place of a file that is made if need be. */
int ajour_file_write(const char* path, off_t at, const void* data, size_t length);

/* Reads up to `room` bytes; how many there were is in `length`. A file that is not there has none.
 */
int ajour_file_read(const char* path, off_t at, void* data, size_t room, size_t* length);

/* Puts what was written to a file on the disk. */
int ajour_file_sync(const char* path);

/* Replaces a file at once: whoever looks finds the old bytes or the new ones, with `sync` also
 * after a power cut. */
int ajour_file_replace(const char* directory, const char* name, const void* data, size_t length,
                       bool sync);

/* Makes a directory and those above it. */
int ajour_directory_make(const char* path);

#ifdef __cplusplus
}
#endif

#endif
