/* SPDX-License-Identifier: Apache-2.0 */
/* The device's status as a value, and its encoding: packed, definite, shortest. */
#ifndef AJOUR_STATUS_H
#define AJOUR_STATUS_H

#include "ajour/ajour_storage.h"
#include "cbor.h"

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ajour_status {
    const uint8_t* version;
    uint8_t version_length;
    bool has_mtu;
    bool has_correlation_id;
    uint32_t mtu;
    uint32_t correlation_id;
    const struct ajour_progress* update; /* NULL if nothing is being written */
};

/* AJOUR_OK, or AJOUR_TOO_BIG if `room` is not enough. */
int ajour_status_encode(const struct ajour_status* status, uint8_t* out, size_t room,
                        size_t* length);

#ifdef __cplusplus
}
#endif

#endif
