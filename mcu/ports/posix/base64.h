/* SPDX-License-Identifier: Apache-2.0 */
/* Base64 (RFC 4648, section 4). */
#ifndef AJOUR_BASE64_H
#define AJOUR_BASE64_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Characters of so many bytes, without the end of the string. */
#define AJOUR_BASE64_LENGTH(bytes) (((bytes) + 2) / 3 * 4)

/* Writes AJOUR_BASE64_LENGTH(length) characters and the end of the string. */
void ajour_base64_encode(char* out, const uint8_t* data, size_t length);

/* -1 if the text is no base64 or has more bytes than there is room. Padding may be left out. */
int ajour_base64_decode(uint8_t* out, size_t room, size_t* length, const char* text);

#ifdef __cplusplus
}
#endif

#endif
