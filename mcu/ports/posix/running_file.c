/* SPDX-License-Identifier: Apache-2.0 */
#include "running_file.h"

#include "file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char file_name[] = "running";

/* "a 239104\n" and then the version's bytes, as they are. */
int ajour_running_load(const char* directory, struct ajour_running* running) {
    char path[AJOUR_PATH_MAX];
    char text[64] = {0};
    size_t length = 0;
    int head = 0;
    memset(running, 0, sizeof *running);
    if (ajour_file_path(path, directory, file_name) != 0) return -1;
    if (ajour_file_read(path, 0, text, sizeof text - 1, &length) != 0) return -1;
    if (length == 0) return 1;
    const int fields = sscanf(text, "%c %10u%n", &running->slot, &running->release.offset, &head);
    const size_t version_at = (size_t)head + 1;
    const size_t version_length = length - version_at;
    if (fields != 2 || (running->slot != 'a' && running->slot != 'b') || length <= version_at ||
        text[head] != '\n' || version_length > AJOUR_VERSION_MAX) {
        errno = EINVAL;
        return -1;
    }
    running->release.version_length = (uint8_t)version_length;
    memcpy(running->release.version, text + version_at, version_length);
    return 0;
}

int ajour_running_save(const char* directory, const struct ajour_running* running, bool sync) {
    char text[64];
    const struct ajour_progress* release = &running->release;
    const int head = snprintf(text, sizeof text, "%c %u\n", running->slot, release->offset);
    memcpy(text + head, release->version, release->version_length);
    return ajour_file_replace(directory, file_name, text, (size_t)head + release->version_length,
                              sync);
}
