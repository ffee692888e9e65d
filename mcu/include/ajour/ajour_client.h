/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The update client of a device: composes a status, accepts the server's command, says what is
 * next.
 *
 * It never touches a network: the application moves the bytes.
 *
 *     ajour_client_compose(&client, buffer, sizeof buffer, &length);
 *     length = exchange(buffer, length, sizeof buffer);           // over any transport
 *     ajour_client_accept(&client, buffer, length, &next);
 *     obey(&next);                                                // send again, wait or reboot
 *
 * No heap, no threads, no clock, no globals, no recursion. One client is used from one thread.
 */
#ifndef AJOUR_CLIENT_H
#define AJOUR_CLIENT_H

#include "ajour_config.h"
#include "ajour_storage.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define AJOUR_MUST_CHECK __attribute__((warn_unused_result))
#else
#define AJOUR_MUST_CHECK
#endif

/** What every function returns. After an error the client is usable, and its next status is right.
 */
enum ajour_result {
    AJOUR_OK = 0,
    AJOUR_MALFORMED = -1,  /**< The bytes are no command. */
    AJOUR_UNEXPECTED = -2, /**< A command that does not fit what the device runs or writes. */
    AJOUR_TOO_BIG = -3, /**< A version, block or release beyond its limit, or a buffer too small. */
    AJOUR_STORAGE = -4, /**< A storage function failed; the client goes back to what is sure. */
    AJOUR_DIGEST = -5,  /**< The slot does not hold what the server named; it starts over. */
    AJOUR_BAD_ARGUMENT =
        -6, /**< A version or a storage geometry that the client cannot work with. */
    AJOUR_STALE =
        -7 /**< It answers an earlier status: drop it, and go on waiting for the answer. */
};

/** What the application does next. */
enum ajour_action {
    AJOUR_SEND,    /**< Compose and send the next status at once. */
    AJOUR_WAIT,    /**< The same after `seconds`. */
    AJOUR_IN_SYNC, /**< Nothing to update; the same after `seconds`. */
    AJOUR_REBOOT   /**< The new release is verified and activated: reboot into it. */
};

struct ajour_next {
    enum ajour_action action;
    uint32_t seconds; /**< 1 to AJOUR_POLL_MAX for AJOUR_WAIT and AJOUR_IN_SYNC, else 0. */
};

/** Room that every status fits into, in bytes. */
#define AJOUR_STATUS_MAX (2 * (AJOUR_VERSION_MAX + 2) + 20)

/** Bytes that a Write command adds to its block at most, as this project's server encodes it. */
#define AJOUR_COMMAND_OVERHEAD (AJOUR_VERSION_MAX + 21)

/** The client of one device. The application gives the memory and leaves the members alone. */
struct ajour_client {
    /* private */
    const struct ajour_storage* storage;
    struct ajour_progress progress; /* the release being written, and the offset expected next */
    uint32_t noted;                 /* offset of the last note */
    uint32_t mtu;
    uint16_t correlation_id; /* of the next status, until a command that answers it came */
    uint8_t running_length;
    uint8_t running[AJOUR_VERSION_MAX];
    uint8_t tail_length;
    uint8_t
        tail[AJOUR_WRITE_UNIT_MAX]; /* the end of progress.offset that is no whole write unit yet */
};

/**
 * Prepares a client at boot, and resumes what storage recalls.
 *
 * `storage` is kept and outlives the client. `version` is what runs now, 1 to AJOUR_VERSION_MAX
 * bytes, copied. `mtu` is the largest block in bytes that the application's buffer can take.
 * AJOUR_BAD_ARGUMENT if one of these cannot be worked with.
 */
AJOUR_MUST_CHECK int ajour_client_init(struct ajour_client* client,
                                       const struct ajour_storage* storage, const void* version,
                                       size_t version_length, uint32_t mtu);

/**
 * Writes the next status to `out`. AJOUR_TOO_BIG if `room` is smaller than the status.
 *
 * It has the same correlation id until a command that answers it was accepted or refused, so it may
 * be composed and sent again.
 */
AJOUR_MUST_CHECK int ajour_client_compose(const struct ajour_client* client, uint8_t* out,
                                          size_t room, size_t* length);

/**
 * Carries out one command of the server.
 *
 * The bytes at `in` are changed: strings that came in chunks are put together in place.
 * AJOUR_STALE if the command has a correlation id and it is not that of the last status: it changed
 * nothing. Over a request and its response ask again; where messages come by themselves, wait on.
 * `next` is always filled in, also with an error: then it says AJOUR_WAIT.
 */
AJOUR_MUST_CHECK int ajour_client_accept(struct ajour_client* client, uint8_t* in, size_t length,
                                         struct ajour_next* next);

/** The release that is being written and how far it got; version_length is 0 if there is none. */
const struct ajour_progress* ajour_client_progress(const struct ajour_client* client);

#ifdef __cplusplus
}
#endif

#endif
