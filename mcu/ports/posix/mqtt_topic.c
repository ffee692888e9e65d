/* SPDX-License-Identifier: Apache-2.0 */
#include "mqtt_topic.h"

#include <string.h>

static const char application_mark[] = "{application}";
static const char device_mark[] = "{device}";

static int append(char* out, size_t room, size_t* length, const char* text, size_t count) {
    if (count >= room - *length) return -1;
    memcpy(out + *length, text, count);
    *length += count;
    out[*length] = '\0';
    return 0;
}

int ajour_mqtt_topic(char* out, size_t room, const char* form, const char* application,
                     const char* device) {
    size_t length = 0;
    out[0] = '\0';
    while (*form != '\0') {
        const char* text = form;
        size_t count = 1;
        size_t taken = 1;
        if (strncmp(form, application_mark, sizeof application_mark - 1) == 0) {
            text = application;
            count = strlen(application);
            taken = sizeof application_mark - 1;
        } else if (strncmp(form, device_mark, sizeof device_mark - 1) == 0) {
            text = device;
            count = strlen(device);
            taken = sizeof device_mark - 1;
        }
        if (append(out, room, &length, text, count) != 0) return -1;
        form += taken;
    }
    return 0;
}
