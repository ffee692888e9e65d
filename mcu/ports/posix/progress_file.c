/* SPDX-License-Identifier: Apache-2.0 */
#include "progress_file.h"

#include "ajour/ajour_sha256.h"
#include "file.h"

#include <stdbool.h>
#include <string.h>

/* Little endian: sequence, offset, version length, version, the first bytes of their SHA-256. */
enum {
    SEQUENCE_AT = 0,
    OFFSET_AT = 4,
    LENGTH_AT = 8,
    VERSION_AT = 9,
    CHECKSUM_AT = VERSION_AT + AJOUR_VERSION_MAX,
    CHECKSUM_LENGTH = 8,
    RECORD_LENGTH = CHECKSUM_AT + CHECKSUM_LENGTH
};

static void put(uint8_t* at, uint32_t value) {
    for (unsigned i = 0; i < 4; ++i) at[i] = (uint8_t)(value >> (8 * i));
}

static uint32_t take(const uint8_t* at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static void compute_checksum(const uint8_t* record, uint8_t digest[AJOUR_SHA256_LENGTH]) {
    struct ajour_sha256 sha;
    ajour_sha256_begin(&sha);
    ajour_sha256_add(&sha, record, CHECKSUM_AT);
    ajour_sha256_finish(&sha, digest);
}

static bool is_whole(const uint8_t* record) {
    uint8_t digest[AJOUR_SHA256_LENGTH];
    compute_checksum(record, digest);
    return memcmp(record + CHECKSUM_AT, digest, CHECKSUM_LENGTH) == 0 &&
           record[LENGTH_AT] <= AJOUR_VERSION_MAX;
}

static void decode(const uint8_t* record, struct ajour_progress* progress) {
    memset(progress, 0, sizeof *progress);
    progress->offset = take(record + OFFSET_AT);
    progress->version_length = record[LENGTH_AT];
    memcpy(progress->version, record + VERSION_AT, AJOUR_VERSION_MAX);
}

int ajour_progress_file_load(struct ajour_progress_file* file, struct ajour_progress* progress) {
    uint8_t records[2 * RECORD_LENGTH] = {0};
    size_t length = 0;
    bool found = false;
    file->sequence = 0;
    if (ajour_file_read(file->path, 0, records, sizeof records, &length) != 0) return -1;
    for (unsigned i = 0; i < 2; ++i) {
        const uint8_t* record = records + i * RECORD_LENGTH;
        const uint32_t sequence = take(record + SEQUENCE_AT);
        if (!is_whole(record) || (found && sequence < file->sequence)) continue;
        found = true;
        file->sequence = sequence;
        decode(record, progress);
    }
    return found ? 0 : -1;
}

int ajour_progress_file_save(struct ajour_progress_file* file,
                             const struct ajour_progress* progress) {
    uint8_t record[RECORD_LENGTH] = {0};
    uint8_t digest[AJOUR_SHA256_LENGTH];
    const uint32_t sequence = file->sequence + 1;
    put(record + SEQUENCE_AT, sequence);
    put(record + OFFSET_AT, progress->offset);
    record[LENGTH_AT] = progress->version_length;
    memcpy(record + VERSION_AT, progress->version, progress->version_length);
    compute_checksum(record, digest);
    memcpy(record + CHECKSUM_AT, digest, CHECKSUM_LENGTH);
    const off_t at = (off_t)(sequence % 2) * RECORD_LENGTH;
    if (ajour_file_write(file->path, at, record, sizeof record) != 0) return -1;
    file->sequence = sequence;
    return 0;
}
