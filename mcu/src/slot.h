/* SPDX-License-Identifier: Apache-2.0 */
/* What the slot holds of a release: begun, resumed, appended to, sealed, verified. */
#ifndef AJOUR_SLOT_H
#define AJOUR_SLOT_H

#include "ajour/ajour_client.h"
#include "cbor.h"

bool ajour_slot_fits(const struct ajour_storage* storage);

/* Takes up what storage recalls, unless it is damaged or already runs. */
void ajour_slot_resume(struct ajour_client* client);

/* Begins a release at offset 0; flash is erased when its first block comes. */
void ajour_slot_begin(struct ajour_client* client, const struct ajour_bytes* version);

/* Drops what is being written, also from the record. */
int ajour_slot_forget(struct ajour_client* client);

/* Adds the bytes at progress.offset; they fit. On failure goes back to what is sure. */
int ajour_slot_append(struct ajour_client* client, const uint8_t* data, uint32_t length);

/* Writes what is no whole write unit yet, padded with 0xFF, and notes the release as complete. */
int ajour_slot_seal(struct ajour_client* client);

/* Reads the release back: AJOUR_OK if its SHA-256 is `digest`, AJOUR_DIGEST if it is not. */
int ajour_slot_verify(const struct ajour_client* client, const uint8_t* digest);

#endif
