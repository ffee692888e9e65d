/* SPDX-License-Identifier: Apache-2.0 */
/** What a port gives to the client: one slot of flash and a small record that survives power loss.
 */
#ifndef AJOUR_STORAGE_H
#define AJOUR_STORAGE_H

#include "ajour_config.h"

#include <stdint.h>

/** How far the release that is being written got. All zero means that nothing is being written. */
struct ajour_progress {
    uint32_t offset;                    /**< Bytes in the slot, from its start, without a hole. */
    uint8_t version_length;             /**< 0 to AJOUR_VERSION_MAX. */
    uint8_t version[AJOUR_VERSION_MAX]; /**< Opaque bytes, not terminated. */
};

/**
 * The slot that new releases are written to, never the one that runs.
 *
 * Offsets count from the start of the slot. Functions return 0, or anything else on failure; they
 * may block, and are called only from inside ajour_client_... functions, one at a time.
 * erase_unit and write_unit are powers of two, write_unit <= AJOUR_WRITE_UNIT_MAX and <=
 * erase_unit, capacity is a multiple of erase_unit.
 */
struct ajour_storage {
    void* context;       /**< Handed to every function. */
    uint32_t capacity;   /**< Bytes in the slot. */
    uint32_t erase_unit; /**< Bytes that are erased together. */
    uint32_t
        write_unit; /**< Writes start at a multiple of it and have a multiple of it as length. */

    /** Note progress also when so many bytes were added; 0: only when an erase unit is begun. */
    uint32_t note_unit;

    /** Sets one erase unit to 0xFF. `length` is erase_unit. */
    int (*erase)(void* context, uint32_t offset, uint32_t length);

    /** Writes to erased flash. `data` has no alignment. Never crosses an erase unit. */
    int (*write)(void* context, uint32_t offset, const void* data, uint32_t length);

    /** Reads any part of the slot, also what was never written. */
    int (*read)(void* context, uint32_t offset, void* data, uint32_t length);

    /** Replaces the record. After a power cut inside, recall finds the old, the new, or none. */
    int (*note)(void* context, const struct ajour_progress* progress);

    /** Reads the record as noted last; failure means that there is none. */
    int (*recall)(void* context, struct ajour_progress* progress);

    /**
     * Makes the verified release in the slot the one that the next boot runs; `release` says its
     * version and its size in bytes. Atomic against power loss. The reboot is the caller's.
     */
    int (*activate)(void* context, const struct ajour_progress* release);
};

#endif
