/* SPDX-License-Identifier: Apache-2.0 */
#include "flash.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { ERASE_UNIT = 4096, WRITE_UNIT = 8, NOTE_EVERY_BLOCK = 1 };

static char other_slot(char slot) {
    return slot == 'a' ? 'b' : 'a';
}

static int slot_path(char* path, const struct ajour_flash* flash, char slot) {
    const char name[] = {'s', 'l', 'o', 't', '-', slot, '\0'};
    return ajour_file_path(path, flash->directory, name);
}

static int spare_path(char* path, const struct ajour_flash* flash) {
    return slot_path(path, flash, other_slot(flash->running.slot));
}

static int erase(void* context, uint32_t offset, uint32_t length) {
    char path[AJOUR_PATH_MAX];
    uint8_t erased[ERASE_UNIT];
    memset(erased, 0xff, sizeof erased);
    if (spare_path(path, context) != 0) return -1;
    return ajour_file_write(path, (off_t)offset, erased, length);
}

static int write_bytes(void* context, uint32_t offset, const void* data, uint32_t length) {
    char path[AJOUR_PATH_MAX];
    if (spare_path(path, context) != 0) return -1;
    return ajour_file_write(path, (off_t)offset, data, length);
}

static int read_bytes(void* context, uint32_t offset, void* data, uint32_t length) {
    char path[AJOUR_PATH_MAX];
    size_t got = 0;
    if (spare_path(path, context) != 0) return -1;
    if (ajour_file_read(path, (off_t)offset, data, length, &got) != 0) return -1;
    memset((uint8_t*)data + got, 0xff, length - got);
    return 0;
}

static int note(void* context, const struct ajour_progress* progress) {
    struct ajour_flash* flash = context;
    return ajour_progress_file_save(&flash->progress, progress);
}

static int recall(void* context, struct ajour_progress* progress) {
    struct ajour_flash* flash = context;
    return ajour_progress_file_load(&flash->progress, progress);
}

/* The slot's bytes reach the disk before the file that names it. */
static int activate(void* context, const struct ajour_progress* release) {
    const struct ajour_flash* flash = context;
    const struct ajour_running next = {other_slot(flash->running.slot), *release};
    char path[AJOUR_PATH_MAX];
    if (spare_path(path, flash) != 0 || ajour_file_sync(path) != 0) return -1;
    return ajour_running_save(flash->directory, &next, true);
}

static int leave_factory(struct ajour_flash* flash, const char* version) {
    const size_t length = strlen(version);
    if (length == 0 || length > AJOUR_VERSION_MAX) {
        errno = EINVAL;
        return -1;
    }
    memset(&flash->running, 0, sizeof flash->running);
    flash->running.slot = 'a';
    flash->running.release.version_length = (uint8_t)length;
    memcpy(flash->running.release.version, version, length);
    return ajour_running_save(flash->directory, &flash->running, false);
}

int ajour_flash_open(struct ajour_flash* flash, const char* directory, const char* factory_version,
                     uint32_t capacity) {
    memset(flash, 0, sizeof *flash);
    if (ajour_directory_make(directory) != 0 ||
        ajour_file_path(flash->progress_path, directory, "progress") != 0)
        return -1;
    strcpy(flash->directory, directory);
    flash->progress.path = flash->progress_path;
    flash->storage = (struct ajour_storage){.context = flash,
                                            .capacity = capacity,
                                            .erase_unit = ERASE_UNIT,
                                            .write_unit = WRITE_UNIT,
                                            .note_unit = NOTE_EVERY_BLOCK,
                                            .erase = erase,
                                            .write = write_bytes,
                                            .read = read_bytes,
                                            .note = note,
                                            .recall = recall,
                                            .activate = activate};
    const int loaded = ajour_running_load(directory, &flash->running);
    return loaded == 1 ? leave_factory(flash, factory_version) : loaded;
}

int ajour_flash_digest(const struct ajour_flash* flash, uint8_t digest[AJOUR_SHA256_LENGTH]) {
    char path[AJOUR_PATH_MAX];
    uint8_t chunk[ERASE_UNIT];
    struct ajour_sha256 sha;
    ajour_sha256_begin(&sha);
    if (slot_path(path, flash, flash->running.slot) != 0) return -1;
    for (uint32_t at = 0; at < flash->running.release.offset;) {
        const uint32_t rest = flash->running.release.offset - at;
        const uint32_t wanted = rest < sizeof chunk ? rest : (uint32_t)sizeof chunk;
        size_t got = 0;
        if (ajour_file_read(path, (off_t)at, chunk, wanted, &got) != 0) return -1;
        if (got != wanted) {
            errno = EIO;
            return -1;
        }
        ajour_sha256_add(&sha, chunk, wanted);
        at += wanted;
    }
    ajour_sha256_finish(&sha, digest);
    return 0;
}
