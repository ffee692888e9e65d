/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Everything that can be configured at compile time, with its reason.
 * Override with -DNAME=value, or name a header of your own in AJOUR_CONFIG_FILE.
 */
#ifndef AJOUR_CONFIG_H
#define AJOUR_CONFIG_H

#include <stdint.h>

#ifdef AJOUR_CONFIG_FILE
#include AJOUR_CONFIG_FILE
#endif

/** Longest version in bytes. 16 is what servers of this protocol expect a device to hold. */
#ifndef AJOUR_VERSION_MAX
#define AJOUR_VERSION_MAX 16
#endif

/** Largest ajour_storage.write_unit in bytes; the client keeps that much RAM for an odd end. */
#ifndef AJOUR_WRITE_UNIT_MAX
#define AJOUR_WRITE_UNIT_MAX 16
#endif

/** Seconds until the next status when the server named none: a device must never ask in a loop. */
#ifndef AJOUR_POLL_DEFAULT
#define AJOUR_POLL_DEFAULT 60
#endif

/** Longest wait in seconds that a server may ask for: a wrong number must not silence a device. */
#ifndef AJOUR_POLL_MAX
#define AJOUR_POLL_MAX (7 * 24 * 60 * 60)
#endif

/** Seconds until the next status after a command that was refused. */
#ifndef AJOUR_RETRY
#define AJOUR_RETRY 10
#endif

/** How deep containers may nest in fields that the client skips; each level costs 4 bytes of stack.
 */
#ifndef AJOUR_SKIP_DEPTH
#define AJOUR_SKIP_DEPTH 8
#endif

/** Called with a constant text when the client refuses or drops something. Off by default. */
#ifndef AJOUR_LOG
#define AJOUR_LOG(text) ((void)0)
#endif

#ifdef __cplusplus
#define AJOUR_STATIC_ASSERT static_assert
#else
#define AJOUR_STATIC_ASSERT _Static_assert
#endif

AJOUR_STATIC_ASSERT(AJOUR_VERSION_MAX >= 1 && AJOUR_VERSION_MAX <= 23,
                    "a version's length is encoded in one byte");
AJOUR_STATIC_ASSERT(AJOUR_WRITE_UNIT_MAX >= 1 && AJOUR_WRITE_UNIT_MAX <= 128 &&
                        (AJOUR_WRITE_UNIT_MAX & (AJOUR_WRITE_UNIT_MAX - 1)) == 0,
                    "AJOUR_WRITE_UNIT_MAX is a power of two of at most 128");
AJOUR_STATIC_ASSERT(AJOUR_POLL_DEFAULT > 0 && AJOUR_POLL_DEFAULT <= AJOUR_POLL_MAX,
                    "AJOUR_POLL_DEFAULT lies between 1 and AJOUR_POLL_MAX");
AJOUR_STATIC_ASSERT(AJOUR_RETRY > 0 && AJOUR_RETRY <= AJOUR_POLL_MAX,
                    "AJOUR_RETRY lies between 1 and AJOUR_POLL_MAX");
AJOUR_STATIC_ASSERT(AJOUR_SKIP_DEPTH >= 2 && AJOUR_SKIP_DEPTH <= 64,
                    "AJOUR_SKIP_DEPTH lies between 2 and 64");

#endif
