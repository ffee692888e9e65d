/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two rules make a power cut harmless at any moment:
 * - progress is noted before an erase unit is erased, so the record never claims what is gone;
 * - a record inside an erase unit counts only if the rest of that unit is still erased.
 */
#include "slot.h"

#include "ajour/ajour_sha256.h"

#include <string.h>

enum { ERASED = 0xff, CHUNK = 64 };

static bool is_power_of_two(uint32_t value) {
    return value != 0 && (value & (value - 1)) == 0;
}

static uint32_t part_of_unit(uint32_t offset, uint32_t unit) {
    return offset & (unit - 1);
}

static uint32_t written(const struct ajour_client* client) {
    return client->progress.offset - client->tail_length;
}

/* The tail is in flash, padded: nothing can be added any more. */
static bool is_sealed(const struct ajour_client* client) {
    return part_of_unit(written(client), client->storage->write_unit) != 0;
}

static void go_back_to(struct ajour_client* client, uint32_t offset) {
    client->progress.offset = offset;
    client->tail_length = 0;
}

static void go_back_to_erase_unit(struct ajour_client* client) {
    const uint32_t at = written(client);
    go_back_to(client, at - part_of_unit(at, client->storage->erase_unit));
}

static int note(struct ajour_client* client, uint32_t offset) {
    struct ajour_progress progress = client->progress;
    progress.offset = offset;
    if (client->storage->note(client->storage->context, &progress) != 0) return AJOUR_STORAGE;
    client->noted = offset;
    return AJOUR_OK;
}

static bool is_erased(const struct ajour_storage* storage, uint32_t offset, uint32_t end) {
    uint8_t chunk[CHUNK];
    while (offset < end) {
        const uint32_t length = end - offset < CHUNK ? end - offset : CHUNK;
        if (storage->read(storage->context, offset, chunk, length) != 0) return false;
        for (uint32_t i = 0; i < length; ++i)
            if (chunk[i] != ERASED) return false;
        offset += length;
    }
    return true;
}

bool ajour_slot_fits(const struct ajour_storage* storage) {
    return is_power_of_two(storage->erase_unit) && is_power_of_two(storage->write_unit) &&
           storage->write_unit <= AJOUR_WRITE_UNIT_MAX &&
           storage->write_unit <= storage->erase_unit &&
           part_of_unit(storage->capacity, storage->erase_unit) == 0;
}

static bool is_usable(const struct ajour_client* client, const struct ajour_progress* progress) {
    const bool runs = progress->version_length == client->running_length &&
                      memcmp(progress->version, client->running, client->running_length) == 0;
    return !runs && progress->version_length >= 1 &&
           progress->version_length <= AJOUR_VERSION_MAX &&
           progress->offset <= client->storage->capacity;
}

void ajour_slot_resume(struct ajour_client* client) {
    const struct ajour_storage* storage = client->storage;
    struct ajour_progress recalled;
    memset(&recalled, 0, sizeof recalled);
    if (storage->recall(storage->context, &recalled) != 0 || !is_usable(client, &recalled)) return;
    client->progress = recalled;
    client->noted = recalled.offset;
    const uint32_t into = part_of_unit(recalled.offset, storage->erase_unit);
    if (into == 0 || is_sealed(client)) return;
    const uint32_t end = recalled.offset - into + storage->erase_unit;
    if (!is_erased(storage, recalled.offset, end)) go_back_to_erase_unit(client);
}

void ajour_slot_begin(struct ajour_client* client, const struct ajour_bytes* version) {
    memset(&client->progress, 0, sizeof client->progress);
    memcpy(client->progress.version, version->data, version->length);
    client->progress.version_length = (uint8_t)version->length;
    client->tail_length = 0;
}

int ajour_slot_forget(struct ajour_client* client) {
    memset(&client->progress, 0, sizeof client->progress);
    client->tail_length = 0;
    return note(client, 0);
}

static int write_units(struct ajour_client* client, const uint8_t* data, uint32_t length) {
    const struct ajour_storage* storage = client->storage;
    const uint32_t at = written(client);
    if (part_of_unit(at, storage->erase_unit) == 0) {
        if (note(client, at) != AJOUR_OK) return AJOUR_STORAGE;
        if (storage->erase(storage->context, at, storage->erase_unit) != 0) return AJOUR_STORAGE;
    }
    return storage->write(storage->context, at, data, length) == 0 ? AJOUR_OK : AJOUR_STORAGE;
}

/* Collects bytes until they make a write unit. Returns how many it took. */
static uint32_t append_to_tail(struct ajour_client* client, const uint8_t* data, uint32_t length,
                               int* result) {
    const uint32_t unit = client->storage->write_unit;
    const uint32_t room = unit - client->tail_length;
    const uint32_t taken = length < room ? length : room;
    memcpy(client->tail + client->tail_length, data, taken);
    client->tail_length = (uint8_t)(client->tail_length + taken);
    client->progress.offset += taken;
    if (client->tail_length < unit) return taken;
    *result = write_units(client, client->tail, unit);
    if (*result == AJOUR_OK) client->tail_length = 0;
    return taken;
}

/* Writes whole units from where they are, up to the end of the erase unit. */
static uint32_t append_units(struct ajour_client* client, const uint8_t* data, uint32_t length,
                             int* result) {
    const struct ajour_storage* storage = client->storage;
    const uint32_t room =
        storage->erase_unit - part_of_unit(client->progress.offset, storage->erase_unit);
    uint32_t taken = length - part_of_unit(length, storage->write_unit);
    if (taken > room) taken = room;
    *result = write_units(client, data, taken);
    if (*result == AJOUR_OK) client->progress.offset += taken;
    return taken;
}

int ajour_slot_append(struct ajour_client* client, const uint8_t* data, uint32_t length) {
    const struct ajour_storage* storage = client->storage;
    int result = is_sealed(client) ? AJOUR_STORAGE : AJOUR_OK;
    while (result == AJOUR_OK && length > 0) {
        const bool by_tail = client->tail_length > 0 || length < storage->write_unit;
        const uint32_t taken = by_tail ? append_to_tail(client, data, length, &result)
                                       : append_units(client, data, length, &result);
        data += taken;
        length -= taken;
    }
    if (result == AJOUR_OK && storage->note_unit != 0 &&
        written(client) - client->noted >= storage->note_unit)
        result = note(client, written(client));
    if (result != AJOUR_OK) go_back_to_erase_unit(client);
    return result;
}

int ajour_slot_seal(struct ajour_client* client) {
    int result = AJOUR_OK;
    if (client->tail_length > 0) {
        const uint32_t unit = client->storage->write_unit;
        memset(client->tail + client->tail_length, ERASED, unit - client->tail_length);
        result = write_units(client, client->tail, unit);
        if (result == AJOUR_OK) client->tail_length = 0;
    }
    if (result == AJOUR_OK && client->noted != client->progress.offset)
        result = note(client, client->progress.offset);
    if (result != AJOUR_OK) go_back_to_erase_unit(client);
    return result;
}

int ajour_slot_verify(const struct ajour_client* client, const uint8_t* digest) {
    const struct ajour_storage* storage = client->storage;
    struct ajour_sha256 sha;
    uint8_t chunk[CHUNK];
    ajour_sha256_begin(&sha);
    for (uint32_t at = 0; at < client->progress.offset;) {
        const uint32_t rest = client->progress.offset - at;
        const uint32_t length = rest < CHUNK ? rest : CHUNK;
        if (storage->read(storage->context, at, chunk, length) != 0) return AJOUR_STORAGE;
        ajour_sha256_add(&sha, chunk, length);
        at += length;
    }
    ajour_sha256_finish(&sha, chunk);
    return memcmp(chunk, digest, AJOUR_SHA256_LENGTH) == 0 ? AJOUR_OK : AJOUR_DIGEST;
}
