/* SPDX-License-Identifier: Apache-2.0 */
/* What the example expects of a board. Yours has other names for the same things. */
#ifndef BOARD_H
#define BOARD_H

#include <stddef.h>
#include <stdint.h>

enum { BOARD_SLOT_SIZE = 128 * 1024, BOARD_PAGE_SIZE = 1024, BOARD_WORD_SIZE = 4 };

/* Flash: offsets count from the start of the slot that does not run; 0 is success. */
int board_flash_erase(uint32_t offset, uint32_t length);
int board_flash_write(uint32_t offset, const void* data, uint32_t length);
int board_flash_read(uint32_t offset, void* data, uint32_t length);

/* A small record that survives power loss, and the boot loader's mark; 0 is success. */
int board_record_save(const void* record, size_t length);
int board_record_load(void* record, size_t length);
int board_boot_other_slot(uint32_t size);

/* Sends a status to the server and receives its command into the same buffer; 0 is no answer. */
size_t board_exchange(uint8_t* buffer, size_t length, size_t room);

void board_sleep(uint32_t seconds);
void board_reboot(void);

#endif
