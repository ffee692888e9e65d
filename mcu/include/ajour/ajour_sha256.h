/* SPDX-License-Identifier: Apache-2.0 */
/** SHA-256 (FIPS 180-4, section 6.2), in little memory. */
#ifndef AJOUR_SHA256_H
#define AJOUR_SHA256_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define AJOUR_SHA256_LENGTH 32

/** A digest in the making. Up to 4 GiB - 1 byte. */
struct ajour_sha256 {
    uint32_t state[8];
    uint32_t words[16]; /* the block being filled, then the message schedule in its place */
    uint32_t length;
};

/** Starts a digest. */
void ajour_sha256_begin(struct ajour_sha256* sha);

/** Adds bytes; any length, any alignment. */
void ajour_sha256_add(struct ajour_sha256* sha, const void* data, size_t length);

/** Ends the digest; `sha` must be begun again before its next use. */
void ajour_sha256_finish(struct ajour_sha256* sha, uint8_t digest[AJOUR_SHA256_LENGTH]);

#ifdef __cplusplus
}
#endif

#endif
