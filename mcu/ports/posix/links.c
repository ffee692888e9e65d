/* SPDX-License-Identifier: Apache-2.0 */
/* Which links this program was built with: AJOUR_WITH_... comes from the build. */
#include "link.h"

#include <stdio.h>
#include <string.h>

#ifdef AJOUR_WITH_CURL
extern const struct ajour_link_kind ajour_http_link;
#define HTTP_LINK &ajour_http_link
#else
#define HTTP_LINK NULL
#endif

#ifdef AJOUR_WITH_MOSQUITTO
extern const struct ajour_link_kind ajour_mqtt_link;
#define MQTT_LINK &ajour_mqtt_link
#else
#define MQTT_LINK NULL
#endif

#if defined(AJOUR_WITH_MOSQUITTO) && defined(AJOUR_WITH_OPENSSL)
#define MQTTS_LINK &ajour_mqtt_link
#else
#define MQTTS_LINK NULL
#endif

extern const struct ajour_link_kind ajour_coap_link;
#ifdef AJOUR_WITH_OPENSSL
#define COAPS_LINK &ajour_coap_link
#else
#define COAPS_LINK NULL
#endif

const struct ajour_link_kind* ajour_link_find(const char* scheme, char problem[AJOUR_PROBLEM_MAX]) {
    const struct {
        const char* scheme;
        const struct ajour_link_kind* kind;
        const char* library;
    } links[] = {
        {"http", HTTP_LINK, "libcurl"},      {"https", HTTP_LINK, "libcurl"},
        {"mqtt", MQTT_LINK, "libmosquitto"}, {"mqtts", MQTTS_LINK, "libmosquitto or OpenSSL"},
        {"coap", &ajour_coap_link, ""},      {"coaps", COAPS_LINK, "OpenSSL"}};
    for (size_t i = 0; i < sizeof links / sizeof links[0]; ++i) {
        if (strcmp(links[i].scheme, scheme) != 0) continue;
        if (links[i].kind == NULL)
            snprintf(problem, AJOUR_PROBLEM_MAX, "%s:// is not possible: built without %s", scheme,
                     links[i].library);
        return links[i].kind;
    }
    snprintf(problem, AJOUR_PROBLEM_MAX, "%s:// is not known", scheme);
    return NULL;
}
