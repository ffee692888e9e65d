/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include "ajour/ajour_config.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: ajour-device --server URL --application A --device D --version V --flash DIR\n"
    "                    (--password P | --password-file F) [options]\n"
    "A device that keeps itself up to date; its flash is a directory.\n"
    "  --server URL         for instance http://127.0.0.1:8080\n"
    "  --application A      the application that the device belongs to\n"
    "  --device D           its name; with --count N the names are D-1 to D-N\n"
    "  --password P         of the device; --password-file F reads the first line of a file\n"
    "  --version V          what it runs when its flash is new, at most 16 bytes\n"
    "  --flash DIR          each device has DIR/NAME\n"
    "  --mtu N              largest block in bytes (512)\n"
    "  --count N            so many devices (1)\n"
    "  --once               end when every device is in sync: 0; failed or timed out: 1\n"
    "  --timeout SECONDS    end then (0: never)\n"
    "  --retries N          failures in a row until a device gives up, with --once (10; 0: never)\n"
    "  --poll-max SECONDS   wait at most so long, whatever the server says (0: as it says)\n"
    "  --capacity BYTES     of a slot, a multiple of 4096 (16777216)\n"
    "  --release-size BYTES of what will come; only scales the bars\n"
    "  --workers N          threads (8); --connections N are kept open (1000)\n"
    "  --ca FILE            certificates to trust; --insecure trusts any\n"
    "  --summary FILE       one line of JSON per device at the end; - is standard output\n"
    "  --quiet              no progress\n";

enum option_kind { TEXT, NUMBER, FLAG, PASSWORD, PASSWORD_FILE, HELP };

struct option_row {
    const char* name;
    enum option_kind kind;
    void* value;
    uint32_t least;
    uint32_t most;
};

enum { ROWS = 22 };

static void fill_rows(struct option_row rows[ROWS], struct ajour_options* options) {
    const struct option_row all[ROWS] = {
        {"server", TEXT, &options->server, 0, 0},
        {"application", TEXT, &options->application, 0, 0},
        {"device", TEXT, &options->device, 0, 0},
        {"version", TEXT, &options->version, 0, 0},
        {"flash", TEXT, &options->flash, 0, 0},
        {"summary", TEXT, &options->summary, 0, 0},
        {"ca", TEXT, &options->ca_file, 0, 0},
        {"password", PASSWORD, options->password, 0, 0},
        {"password-file", PASSWORD_FILE, options->password, 0, 0},
        {"mtu", NUMBER, &options->mtu, 1, 65536},
        {"count", NUMBER, &options->count, 1, 1000000},
        {"timeout", NUMBER, &options->timeout, 0, UINT32_MAX},
        {"poll-max", NUMBER, &options->poll_max, 0, UINT32_MAX},
        {"retries", NUMBER, &options->retries, 0, UINT32_MAX},
        {"workers", NUMBER, &options->workers, 1, 256},
        {"connections", NUMBER, &options->connections, 1, 1000000},
        {"capacity", NUMBER, &options->capacity, 4096, 1U << 30},
        {"release-size", NUMBER, &options->release_size, 0, UINT32_MAX},
        {"once", FLAG, &options->once, 0, 0},
        {"quiet", FLAG, &options->quiet, 0, 0},
        {"insecure", FLAG, &options->insecure, 0, 0},
        {"help", HELP, NULL, 0, 0}};
    memcpy(rows, all, sizeof all);
}

static int complain(const char* name, const char* text) {
    fprintf(stderr, "ajour-device: --%s %s\n", name, text);
    return -1;
}

static int read_number(const struct option_row* row, const char* text) {
    char* end = NULL;
    errno = 0;
    const unsigned long long value = strtoull(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || text[0] == '-' || value < row->least ||
        value > row->most) {
        fprintf(stderr, "ajour-device: --%s is '%s', expected a number from %u to %u\n", row->name,
                text, row->least, row->most);
        return -1;
    }
    *(uint32_t*)row->value = (uint32_t)value;
    return 0;
}

static int keep_password(char* password, char* text) {
    const size_t length = strlen(text);
    if (length >= sizeof((struct ajour_options*)0)->password)
        return complain("password", "is longer than 255 bytes");
    memcpy(password, text, length + 1);
    memset(text, '*', length);
    return 0;
}

static int read_password_file(char* password, const char* path) {
    char line[sizeof((struct ajour_options*)0)->password + 2] = "";
    FILE* file = fopen(path, "r");
    const char* got = file != NULL ? fgets(line, sizeof line, file) : NULL;
    if (file != NULL) fclose(file);
    if (got == NULL) return complain("password-file", "cannot be read, or is empty");
    line[strcspn(line, "\r\n")] = '\0';
    return keep_password(password, line);
}

static int read_option(const struct option_row* row, char* argument) {
    switch (row->kind) {
        case TEXT:
            *(const char**)row->value = argument;
            return 0;
        case NUMBER:
            return read_number(row, argument);
        case FLAG:
            *(bool*)row->value = true;
            return 0;
        case PASSWORD:
            return keep_password(row->value, argument);
        case PASSWORD_FILE:
            return read_password_file(row->value, argument);
        case HELP:
            fputs(usage, stdout);
            return 1;
    }
    return -1;
}

static int check(const struct ajour_options* options) {
    const struct {
        const char* name;
        const char* value;
    } required[] = {{"server", options->server},
                    {"application", options->application},
                    {"device", options->device},
                    {"version", options->version},
                    {"flash", options->flash}};
    for (size_t i = 0; i < sizeof required / sizeof required[0]; ++i)
        if (required[i].value == NULL || required[i].value[0] == '\0')
            return complain(required[i].name, "is missing; --help shows all");
    if (strlen(options->version) > AJOUR_VERSION_MAX)
        return complain("version", "is longer than a device can hold");
    if (strchr(options->device, '/') != NULL || options->device[0] == '.')
        return complain("device", "cannot be the name of a directory");
    if (options->capacity % 4096 != 0) return complain("capacity", "is no multiple of 4096");
    return 0;
}

int ajour_options_read(struct ajour_options* options, int argc, char** argv) {
    struct option_row rows[ROWS];
    struct option long_options[ROWS + 1] = {{0}};
    *options = (struct ajour_options){.mtu = 512,
                                      .count = 1,
                                      .retries = 10,
                                      .workers = 8,
                                      .connections = 1000,
                                      .capacity = 16 * 1024 * 1024};
    fill_rows(rows, options);
    for (int i = 0; i < ROWS; ++i) {
        const bool alone = rows[i].kind == FLAG || rows[i].kind == HELP;
        long_options[i].name = rows[i].name;
        long_options[i].has_arg = alone ? no_argument : required_argument;
    }
    for (;;) {
        int index = 0;
        const int found = getopt_long(argc, argv, "", long_options, &index);
        if (found == -1) break;
        if (found != 0) return -1;
        const int result = read_option(&rows[index], optarg);
        if (result != 0) return result;
    }
    if (optind < argc) {
        fprintf(stderr, "ajour-device: '%s' is no option\n", argv[optind]);
        return -1;
    }
    return check(options);
}
