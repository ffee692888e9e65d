/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include "ajour/ajour_config.h"
#include "usage.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum option_kind { TEXT, SERVER, NUMBER, FLAG, SECRET, SECRET_FILE, HELP };

struct option_row {
    const char* name;
    enum option_kind kind;
    void* value;
    uint32_t least;
    uint32_t most;
};

enum { ROWS = 29 };

static void fill_rows(struct option_row rows[ROWS], struct ajour_options* options) {
    const struct option_row all[ROWS] = {
        {"server", SERVER, options, 0, 0},
        {"application", TEXT, &options->application, 0, 0},
        {"device", TEXT, &options->device, 0, 0},
        {"version", TEXT, &options->version, 0, 0},
        {"flash", TEXT, &options->flash, 0, 0},
        {"summary", TEXT, &options->summary, 0, 0},
        {"ca", TEXT, &options->ca_file, 0, 0},
        {"cert", TEXT, &options->certificate_file, 0, 0},
        {"key", TEXT, &options->key_file, 0, 0},
        {"mqtt-user", TEXT, &options->mqtt_user, 0, 0},
        {"mqtt-publish", TEXT, &options->mqtt_publish, 0, 0},
        {"mqtt-subscribe", TEXT, &options->mqtt_subscribe, 0, 0},
        {"password", SECRET, options->password, 0, 0},
        {"password-file", SECRET_FILE, options->password, 0, 0},
        {"psk", SECRET, options->psk_text, 0, 0},
        {"psk-file", SECRET_FILE, options->psk_text, 0, 0},
        {"switch-transport-after", NUMBER, &options->switch_after, 1, UINT32_MAX},
        {"mtu", NUMBER, &options->mtu, 1, 65536},
        {"count", NUMBER, &options->count, 1, 1000000},
        {"timeout", NUMBER, &options->timeout, 0, UINT32_MAX},
        {"poll-max", NUMBER, &options->poll_max, 0, UINT32_MAX},
        {"retries", NUMBER, &options->retries, 0, UINT32_MAX},
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

static int add_server(struct ajour_options* options, const char* url) {
    if (options->server_count == AJOUR_ROUTES_MAX) return complain("server", "is given too often");
    options->servers[options->server_count++] = url;
    return 0;
}

static int judge(const char* name, const char* problem) {
    return problem != NULL ? complain(name, problem) : 0;
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
        case SERVER:
            return add_server(row->value, argument);
        case SECRET:
            return judge(row->name, ajour_secret_take(row->value, argument));
        case SECRET_FILE:
            return judge(row->name, ajour_secret_read(row->value, argument));
        case HELP:
            fputs(ajour_options_usage, stdout);
            return 1;
    }
    return -1;
}

static int check(const struct ajour_options* options) {
    const struct {
        const char* name;
        const char* value;
    } required[] = {{"server", options->servers[0]},
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
    if ((options->certificate_file == NULL) != (options->key_file == NULL))
        return complain("cert", "and --key belong together");
    if ((options->server_count > 1) != (options->switch_after != 0))
        return complain("switch-transport-after", "belongs to more than one --server");
    return 0;
}

/* After the options, which come before the environment. */
static int find_secrets(struct ajour_options* options) {
    if (judge("password", ajour_secret_inherit(options->password, "AJOUR_DEVICE_PASSWORD")) != 0 ||
        judge("psk", ajour_secret_inherit(options->psk_text, "AJOUR_DEVICE_PSK")) != 0)
        return -1;
    if (options->psk_text[0] == '\0') return 0;
    return judge("psk", ajour_secret_decode(options->psk, sizeof options->psk, &options->psk_length,
                                            options->psk_text));
}

int ajour_options_read(struct ajour_options* options, int argc, char** argv) {
    struct option_row rows[ROWS];
    struct option long_options[ROWS + 1] = {{0}};
    *options = (struct ajour_options){.mtu = 512,
                                      .count = 1,
                                      .retries = 10,
                                      .connections = 1000,
                                      .mqtt_user = "{application}/{device}",
                                      .mqtt_publish = "ajour/{application}/{device}/dfu",
                                      .mqtt_subscribe = "ajour/{application}/{device}/command/dfu",
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
    return check(options) == 0 ? find_secrets(options) : -1;
}
