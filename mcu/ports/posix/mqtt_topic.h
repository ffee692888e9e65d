/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AJOUR_MQTT_TOPIC_H
#define AJOUR_MQTT_TOPIC_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A template with {application} and {device} filled in; -1 if it does not fit. */
int ajour_mqtt_topic(char* out, size_t room, const char* form, const char* application,
                     const char* device);

#ifdef __cplusplus
}
#endif

#endif
