/* SPDX-License-Identifier: Apache-2.0 */
#include "coap_response.h"

#include <string.h>

/* Takes in an option; false if it is critical and we do not know it. */
static bool understand(struct ajour_coap_response* response,
                       const struct ajour_coap_option* option) {
    if (option->number == AJOUR_COAP_ECHO) {
        response->echo = option->value;
        response->echo_length = option->length;
    } else if (option->number == AJOUR_COAP_BLOCK2 && option->length <= 3) {
        response->has_block = true;
        response->block = ajour_coap_number_of(option, 0);
    } else {
        return option->number % 2 == 0;
    }
    return true;
}

enum ajour_coap_reading ajour_coap_read_response(struct ajour_coap_response* response,
                                                 const uint8_t* datagram, size_t length) {
    struct ajour_coap_reader reader;
    struct ajour_coap_option option;
    int result = 0;
    memset(response, 0, sizeof *response);
    if (ajour_coap_read_header(&reader, &response->header, datagram, length) != 0)
        return AJOUR_COAP_NO_MESSAGE;
    while ((result = ajour_coap_read_option(&reader, &option)) == 1)
        if (!understand(response, &option)) return AJOUR_COAP_REFUSED;
    response->payload = reader.at;
    response->length = (size_t)(reader.end - reader.at);
    return result == 0 ? AJOUR_COAP_READ : AJOUR_COAP_REFUSED;
}

bool ajour_coap_is_response(const struct ajour_coap_header* header) {
    const unsigned class = header->code >> 5;
    return class == 2 || class == 4 || class == 5;
}
