/* SPDX-License-Identifier: Apache-2.0 */
#include "status.h"

#include "ajour/ajour_client.h"

enum { NULL_BYTE = AJOUR_CBOR_SIMPLE << 5 | AJOUR_CBOR_NULL };

/* Keys are the fields' numbers; every field is written, absent ones as null. */
static void write_key(struct ajour_cbor_writer* writer, uint8_t key) {
    ajour_cbor_write_byte(writer, key);
}

static void write_optional(struct ajour_cbor_writer* writer, bool present, uint32_t value) {
    if (present)
        ajour_cbor_write_head(writer, AJOUR_CBOR_UNSIGNED, value);
    else
        ajour_cbor_write_byte(writer, NULL_BYTE);
}

static void write_update(struct ajour_cbor_writer* writer, const struct ajour_progress* update) {
    ajour_cbor_write_head(writer, AJOUR_CBOR_MAP, 2);
    write_key(writer, 0);
    ajour_cbor_write_bytes(writer, update->version, update->version_length);
    write_key(writer, 1);
    ajour_cbor_write_head(writer, AJOUR_CBOR_UNSIGNED, update->offset);
}

int ajour_status_encode(const struct ajour_status* status, uint8_t* out, size_t room,
                        size_t* length) {
    struct ajour_cbor_writer writer = {out, room, 0};
    ajour_cbor_write_head(&writer, AJOUR_CBOR_MAP, 4);
    write_key(&writer, 0);
    ajour_cbor_write_bytes(&writer, status->version, status->version_length);
    write_key(&writer, 1);
    write_optional(&writer, status->has_mtu, status->mtu);
    write_key(&writer, 2);
    write_optional(&writer, status->has_correlation_id, status->correlation_id);
    write_key(&writer, 3);
    if (status->update != NULL)
        write_update(&writer, status->update);
    else
        ajour_cbor_write_byte(&writer, NULL_BYTE);
    *length = writer.length;
    return writer.length <= room ? AJOUR_OK : AJOUR_TOO_BIG;
}
