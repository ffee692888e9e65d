/* SPDX-License-Identifier: Apache-2.0 */
/* What each command means for a device. */
#include "ajour/ajour_client.h"
#include "ajour/ajour_sha256.h"
#include "command.h"
#include "slot.h"
#include "status.h"

#include <string.h>

static bool is_version(const struct ajour_bytes* version, const uint8_t* other, uint8_t length) {
    return version->length == length && memcmp(version->data, other, length) == 0;
}

static bool is_running(const struct ajour_client* client, const struct ajour_bytes* version) {
    return is_version(version, client->running, client->running_length);
}

static bool is_written(const struct ajour_client* client, const struct ajour_bytes* version) {
    return client->progress.version_length > 0 &&
           is_version(version, client->progress.version, client->progress.version_length);
}

static void advise(struct ajour_next* next, enum ajour_action action, uint32_t seconds) {
    next->action = action;
    next->seconds = seconds > AJOUR_POLL_MAX ? AJOUR_POLL_MAX : seconds;
}

static uint32_t poll_of(const struct ajour_command* command) {
    return command->poll != 0 ? command->poll : AJOUR_POLL_DEFAULT;
}

/* Somewhere else after a reboot, for then what runs or what is written is something else. */
static uint16_t first_correlation_id(const struct ajour_client* client) {
    uint32_t id = client->progress.offset + client->progress.version_length;
    for (unsigned i = 0; i < client->running_length; ++i) id = 31 * id + client->running[i];
    return (uint16_t)id;
}

int ajour_client_init(struct ajour_client* client, const struct ajour_storage* storage,
                      const void* version, size_t version_length, uint32_t mtu) {
    memset(client, 0, sizeof *client);
    if (version_length < 1 || version_length > AJOUR_VERSION_MAX || mtu == 0 ||
        !ajour_slot_fits(storage))
        return AJOUR_BAD_ARGUMENT;
    client->storage = storage;
    client->mtu = mtu;
    client->running_length = (uint8_t)version_length;
    memcpy(client->running, version, version_length);
    ajour_slot_resume(client);
    client->correlation_id = first_correlation_id(client);
    return AJOUR_OK;
}

int ajour_client_compose(const struct ajour_client* client, uint8_t* out, size_t room,
                         size_t* length) {
    const struct ajour_status status = {
        .version = client->running,
        .version_length = client->running_length,
        .has_mtu = true,
        .has_correlation_id = true,
        .mtu = client->mtu,
        .correlation_id = client->correlation_id,
        .update = client->progress.version_length > 0 ? &client->progress : NULL};
    return ajour_status_encode(&status, out, room, length);
}

static int on_wait(const struct ajour_command* command, struct ajour_next* next) {
    advise(next, AJOUR_WAIT, poll_of(command));
    return AJOUR_OK;
}

static int on_sync(struct ajour_client* client, const struct ajour_command* command,
                   struct ajour_next* next) {
    if (!is_running(client, &command->version)) return AJOUR_UNEXPECTED;
    if (client->progress.version_length > 0 && ajour_slot_forget(client) != AJOUR_OK)
        return AJOUR_STORAGE;
    advise(next, AJOUR_IN_SYNC, poll_of(command));
    return AJOUR_OK;
}

/* A first block that ends before what is known is no copy of the last one: the server starts over.
 */
static bool begins_release(const struct ajour_client* client, const struct ajour_command* command) {
    return !is_written(client, &command->version) ||
           (command->offset == 0 && command->data.length > 0 &&
            command->data.length < client->progress.offset);
}

static int check_block(const struct ajour_client* client, const struct ajour_command* command) {
    const uint32_t capacity = client->storage->capacity;
    if (command->version.length > AJOUR_VERSION_MAX) return AJOUR_TOO_BIG;
    if (command->version.length == 0 || is_running(client, &command->version))
        return AJOUR_UNEXPECTED;
    if (command->data.length > client->mtu || command->data.length > capacity ||
        command->offset > capacity - command->data.length)
        return AJOUR_TOO_BIG;
    return AJOUR_OK;
}

static int on_write(struct ajour_client* client, const struct ajour_command* command,
                    struct ajour_next* next) {
    const int checked = check_block(client, command);
    if (checked != AJOUR_OK) return checked;
    if (begins_release(client, command)) {
        if (command->offset != 0) return AJOUR_UNEXPECTED;
        ajour_slot_begin(client, &command->version);
    }
    if (command->offset > client->progress.offset) return AJOUR_UNEXPECTED;
    if (command->data.length > 0) advise(next, AJOUR_SEND, 0);
    const uint32_t known = client->progress.offset - command->offset;
    if (known >= command->data.length) return AJOUR_OK;
    return ajour_slot_append(client, command->data.data + known, command->data.length - known);
}

static int activate(struct ajour_client* client, struct ajour_next* next) {
    const struct ajour_storage* storage = client->storage;
    if (storage->activate(storage->context, &client->progress) != 0) return AJOUR_STORAGE;
    /* Or a boot loader that goes back to the old release would be made to activate it again. */
    (void)ajour_slot_forget(client);
    advise(next, AJOUR_REBOOT, 0);
    return AJOUR_OK;
}

static int on_swap(struct ajour_client* client, const struct ajour_command* command,
                   struct ajour_next* next) {
    if (!is_written(client, &command->version) || client->progress.offset == 0)
        return AJOUR_UNEXPECTED;
    if (command->data.length != AJOUR_SHA256_LENGTH) return AJOUR_DIGEST;
    int result = ajour_slot_seal(client);
    if (result == AJOUR_OK) result = ajour_slot_verify(client, command->data.data);
    if (result == AJOUR_OK) return activate(client, next);
    if (result == AJOUR_DIGEST) {
        AJOUR_LOG("the slot does not hold what the server named: starting over");
        (void)ajour_slot_forget(client);
    }
    return result;
}

static int obey(struct ajour_client* client, const struct ajour_command* command,
                struct ajour_next* next) {
    switch (command->kind) {
        case AJOUR_COMMAND_WAIT:
            return on_wait(command, next);
        case AJOUR_COMMAND_SYNC:
            return on_sync(client, command, next);
        case AJOUR_COMMAND_WRITE:
            return on_write(client, command, next);
        default:
            return on_swap(client, command, next);
    }
}

/* A late copy of a first block would make the client begin again. Servers need not echo the id. */
static bool is_stale(const struct ajour_client* client, const struct ajour_command* command) {
    return (command->present & 1U << AJOUR_FIELD_CORRELATION_ID) != 0 &&
           command->correlation_id != client->correlation_id;
}

int ajour_client_accept(struct ajour_client* client, uint8_t* in, size_t length,
                        struct ajour_next* next) {
    struct ajour_command command;
    int result = ajour_command_decode(&command, in, length);
    if (result == AJOUR_OK && is_stale(client, &command)) result = AJOUR_STALE;
    if (result == AJOUR_OK) {
        ++client->correlation_id;
        advise(next, AJOUR_WAIT, AJOUR_RETRY);
        result = obey(client, &command, next);
    }
    if (result != AJOUR_OK) {
        AJOUR_LOG("a command was refused");
        advise(next, AJOUR_WAIT, AJOUR_RETRY);
    }
    return result;
}

const struct ajour_progress* ajour_client_progress(const struct ajour_client* client) {
    return &client->progress;
}
