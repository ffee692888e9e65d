/* SPDX-License-Identifier: Apache-2.0 */
#include "summary.h"

#include "display.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void write_text(FILE* out, const uint8_t* text, size_t length) {
    fputc('"', out);
    for (size_t i = 0; i < length; ++i) {
        const uint8_t byte = text[i];
        if (byte < 0x20 || byte >= 0x7f || byte == '"' || byte == '\\')
            fprintf(out, "\\u%04x", byte);
        else
            fputc(byte, out);
    }
    fputc('"', out);
}

/* Null for the version that the device was made with, whose bytes nobody has. */
static void write_digest(FILE* out, const struct ajour_flash* flash) {
    uint8_t digest[AJOUR_SHA256_LENGTH];
    if (flash->running.release.offset == 0 || ajour_flash_digest(flash, digest) != 0) {
        fputs("null", out);
        return;
    }
    fputc('"', out);
    for (unsigned i = 0; i < sizeof digest; ++i) fprintf(out, "%02x", digest[i]);
    fputc('"', out);
}

/* How many came over each server, in the order of the options. */
static void write_commands(FILE* out, const struct ajour_device* device) {
    for (size_t i = 0; i < device->settings->route_count; ++i)
        fprintf(out, "%c%" PRIu64, i == 0 ? '[' : ',', device->commands[i]);
    fputc(']', out);
}

static void write_device(FILE* out, const struct ajour_device* device) {
    const struct ajour_progress* release = &device->flash.running.release;
    fputs("{\"device\":", out);
    write_text(out, (const uint8_t*)device->name, strlen(device->name));
    fputs(",\"version\":", out);
    write_text(out, release->version, release->version_length);
    fputs(",\"sha256\":", out);
    write_digest(out, &device->flash);
    fprintf(out, ",\"size\":%" PRIu32 ",\"turns\":%" PRIu64 ",\"bytes\":%" PRIu64, release->offset,
            device->turns, device->bytes);
    fputs(",\"commands\":", out);
    write_commands(out, device);
    fprintf(out, ",\"swaps\":%" PRIu32 ",\"state\":\"%s\"}\n", device->swaps,
            ajour_display_state(device->state));
}

int ajour_summary_write(const char* path, const struct ajour_device* devices, size_t count) {
    const bool is_standard = strcmp(path, "-") == 0;
    FILE* out = is_standard ? stdout : fopen(path, "w");
    if (out == NULL) return -1;
    for (size_t i = 0; i < count; ++i) write_device(out, &devices[i]);
    const int failed = fflush(out) != 0 || ferror(out);
    if (!is_standard && fclose(out) != 0) return -1;
    return failed ? -1 : 0;
}
