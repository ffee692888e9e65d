/* SPDX-License-Identifier: Apache-2.0 */
#include "base64.h"

#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void ajour_base64_encode(char* out, const uint8_t* data, size_t length) {
    for (size_t at = 0; at < length; at += 3) {
        const size_t left = length - at;
        const uint32_t group = (uint32_t)data[at] << 16 |
                               (left > 1 ? (uint32_t)data[at + 1] << 8 : 0) |
                               (left > 2 ? (uint32_t)data[at + 2] : 0);
        *out++ = digits[group >> 18];
        *out++ = digits[group >> 12 & 63];
        *out++ = left > 1 ? digits[group >> 6 & 63] : '=';
        *out++ = left > 2 ? digits[group & 63] : '=';
    }
    *out = '\0';
}

int ajour_base64_decode(uint8_t* out, size_t room, size_t* length, const char* text) {
    size_t end = strlen(text);
    uint32_t bits = 0;
    unsigned count = 0;
    *length = 0;
    for (int i = 0; i < 2 && end > 0 && text[end - 1] == '='; ++i) --end;
    if (end % 4 == 1) return -1;
    for (size_t i = 0; i < end; ++i) {
        const char* digit = memchr(digits, text[i], sizeof digits - 1);
        if (digit == NULL) return -1;
        bits = bits << 6 | (uint32_t)(digit - digits);
        count += 6;
        if (count < 8) continue;
        if (*length == room) return -1;
        count -= 8;
        out[(*length)++] = (uint8_t)(bits >> count);
    }
    return 0;
}
