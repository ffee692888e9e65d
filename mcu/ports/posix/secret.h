/* SPDX-License-Identifier: Apache-2.0 */
/* Passwords and keys, and where they come from. No text about them has them in it. */
#ifndef AJOUR_SECRET_H
#define AJOUR_SECRET_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { AJOUR_SECRET_MAX = 256 };

/* Functions return NULL, or what is wrong. */

/* From the command line; it is overwritten there, so that no list of processes shows it on. */
const char* ajour_secret_take(char secret[AJOUR_SECRET_MAX], char* argument);

/* The first line of a file. */
const char* ajour_secret_read(char secret[AJOUR_SECRET_MAX], const char* path);

/* From the environment, if it is there and nothing was given before. */
const char* ajour_secret_inherit(char secret[AJOUR_SECRET_MAX], const char* variable);

/* The bytes of a key in base64, or in hexadecimal digits after "hex:". */
const char* ajour_secret_decode(uint8_t* key, size_t room, size_t* length, const char* secret);

#ifdef __cplusplus
}
#endif

#endif
