/* SPDX-License-Identifier: Apache-2.0 */
#include "secret.h"

#include "base64.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char* keep(char secret[AJOUR_SECRET_MAX], const char* text) {
    const size_t length = strlen(text);
    if (length >= AJOUR_SECRET_MAX) return "is longer than 255 bytes";
    memcpy(secret, text, length + 1);
    return NULL;
}

const char* ajour_secret_take(char secret[AJOUR_SECRET_MAX], char* argument) {
    const char* problem = keep(secret, argument);
    memset(argument, '*', strlen(argument));
    return problem;
}

const char* ajour_secret_read(char secret[AJOUR_SECRET_MAX], const char* path) {
    char line[AJOUR_SECRET_MAX + 2] = "";
    FILE* file = fopen(path, "r");
    const char* got = file != NULL ? fgets(line, sizeof line, file) : NULL;
    if (file != NULL) fclose(file);
    if (got == NULL) return "cannot be read, or is empty";
    line[strcspn(line, "\r\n")] = '\0';
    return keep(secret, line);
}

const char* ajour_secret_inherit(char secret[AJOUR_SECRET_MAX], const char* variable) {
    const char* text = getenv(variable);
    return text != NULL && secret[0] == '\0' ? keep(secret, text) : NULL;
}

static int digit_of(char character) {
    static const char digits[] = "0123456789abcdef";
    const char lower = character >= 'A' && character <= 'F' ? (char)(character + 32) : character;
    const char* found = lower != '\0' ? strchr(digits, lower) : NULL;
    return found != NULL ? (int)(found - digits) : -1;
}

static int decode_hex(uint8_t* key, size_t room, size_t* length, const char* text) {
    for (*length = 0; *text != '\0'; text += 2) {
        const int high = digit_of(text[0]);
        const int low = high >= 0 ? digit_of(text[1]) : -1;
        if (low < 0 || *length == room) return -1;
        key[(*length)++] = (uint8_t)(high << 4 | low);
    }
    return 0;
}

const char* ajour_secret_decode(uint8_t* key, size_t room, size_t* length, const char* secret) {
    const int result = strncmp(secret, "hex:", 4) == 0
                           ? decode_hex(key, room, length, secret + 4)
                           : ajour_base64_decode(key, room, length, secret);
    if (result != 0 || *length == 0)
        return "is no key of at most 64 bytes, in base64 or in hexadecimal digits after hex:";
    return NULL;
}
