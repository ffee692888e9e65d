/* SPDX-License-Identifier: Apache-2.0 */
/* A device without an operating system that keeps itself up to date. */
#include "ajour/ajour_client.h"
#include "board.h"

enum { BLOCK = 512 };

static int erase(void* context, uint32_t offset, uint32_t length) {
    (void)context;
    return board_flash_erase(offset, length);
}

static int write(void* context, uint32_t offset, const void* data, uint32_t length) {
    (void)context;
    return board_flash_write(offset, data, length);
}

static int read(void* context, uint32_t offset, void* data, uint32_t length) {
    (void)context;
    return board_flash_read(offset, data, length);
}

static int note(void* context, const struct ajour_progress* progress) {
    (void)context;
    return board_record_save(progress, sizeof *progress);
}

static int recall(void* context, struct ajour_progress* progress) {
    (void)context;
    return board_record_load(progress, sizeof *progress);
}

static int activate(void* context, const struct ajour_progress* release) {
    (void)context;
    return board_boot_other_slot(release->offset);
}

static const struct ajour_storage storage = {.capacity = BOARD_SLOT_SIZE,
                                             .erase_unit = BOARD_PAGE_SIZE,
                                             .write_unit = BOARD_WORD_SIZE,
                                             .erase = erase,
                                             .write = write,
                                             .read = read,
                                             .note = note,
                                             .recall = recall,
                                             .activate = activate};

static void take_turn(struct ajour_client* client, struct ajour_next* next) {
    static uint8_t buffer[BLOCK + AJOUR_COMMAND_OVERHEAD];
    size_t length = 0;
    if (ajour_client_compose(client, buffer, sizeof buffer, &length) != AJOUR_OK) return;
    length = board_exchange(buffer, length, sizeof buffer);
    /* A refused command needs nothing here: `next` then says when to ask again. */
    if (length > 0) (void)!ajour_client_accept(client, buffer, length, next);
}

int main(void) {
    static const char version[] = "1.0.0";
    struct ajour_client client;
    if (ajour_client_init(&client, &storage, version, sizeof version - 1, BLOCK) != AJOUR_OK)
        return 1;
    for (;;) {
        struct ajour_next next = {AJOUR_WAIT, AJOUR_RETRY};
        take_turn(&client, &next);
        if (next.action == AJOUR_REBOOT) board_reboot();
        board_sleep(next.seconds);
    }
}
