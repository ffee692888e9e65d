/* SPDX-License-Identifier: Apache-2.0 */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Closes and keeps the errno of what went wrong before. */
static int close_with(int file, int result) {
    const int error = errno;
    if (close(file) != 0 && result == 0) return -1;
    errno = error;
    return result;
}

int ajour_file_path(char* path, const char* directory, const char* name) {
    const int length = snprintf(path, AJOUR_PATH_MAX, "%s/%s", directory, name);
    if (length > 0 && length < AJOUR_PATH_MAX) return 0;
    errno = ENAMETOOLONG;
    return -1;
}

static int write_whole(int file, off_t at, const void* data, size_t length) {
    const char* bytes = data;
    while (length > 0) {
        const ssize_t written = pwrite(file, bytes, length, at);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return -1;
        bytes += written;
        at += written;
        length -= (size_t)written;
    }
    return 0;
}

int ajour_file_write(const char* path, off_t at, const void* data, size_t length) {
    const int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0) return -1;
    return close_with(file, write_whole(file, at, data, length));
}

static int read_up_to(int file, off_t at, void* data, size_t room, size_t* length) {
    char* bytes = data;
    *length = 0;
    while (*length < room) {
        const ssize_t got = pread(file, bytes + *length, room - *length, at + (off_t)*length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got == 0) return 0;
        *length += (size_t)got;
    }
    return 0;
}

int ajour_file_read(const char* path, off_t at, void* data, size_t room, size_t* length) {
    *length = 0;
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return errno == ENOENT ? 0 : -1;
    return close_with(file, read_up_to(file, at, data, room, length));
}

int ajour_file_sync(const char* path) {
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return -1;
    return close_with(file, fdatasync(file));
}

int ajour_file_replace(const char* directory, const char* name, const void* data, size_t length,
                       bool sync) {
    char path[AJOUR_PATH_MAX];
    char fresh[AJOUR_PATH_MAX];
    char fresh_name[64];
    if (snprintf(fresh_name, sizeof fresh_name, "%s.new", name) >= (int)sizeof fresh_name) {
        errno = ENAMETOOLONG;
        return -1;
    }
    if (ajour_file_path(path, directory, name) != 0 ||
        ajour_file_path(fresh, directory, fresh_name) != 0)
        return -1;
    if (unlink(fresh) != 0 && errno != ENOENT) return -1;
    if (ajour_file_write(fresh, 0, data, length) != 0) return -1;
    if (sync && ajour_file_sync(fresh) != 0) return -1;
    return rename(fresh, path);
}

int ajour_directory_make(const char* path) {
    char part[AJOUR_PATH_MAX];
    const size_t length = strlen(path);
    if (length == 0 || length >= sizeof part) {
        errno = length == 0 ? ENOENT : ENAMETOOLONG;
        return -1;
    }
    for (size_t i = 1; i <= length; ++i) {
        if (path[i] != '/' && path[i] != '\0') continue;
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, 0777) != 0 && errno != EEXIST) return -1;
    }
    return 0;
}
