/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"

#include "ajour/ajour_client.h"

#include <string.h>

enum { KINDS = 4, FIELDS_MAX = 4, UNKNOWN = 0xff };

enum {
    NUMBERS = 1 << AJOUR_FIELD_CORRELATION_ID | 1 << AJOUR_FIELD_POLL | 1 << AJOUR_FIELD_OFFSET,
    OPTIONAL = 1 << AJOUR_FIELD_CORRELATION_ID | 1 << AJOUR_FIELD_POLL
};

static const char kind_names[] = "Wait\0Sync\0Write\0Swap\0";
static const char field_names[] = "version\0correlation_id\0poll\0offset\0data\0checksum\0";

static const uint8_t fields_of[KINDS][FIELDS_MAX] = {
    {AJOUR_FIELD_CORRELATION_ID, AJOUR_FIELD_POLL, AJOUR_FIELD_NONE, AJOUR_FIELD_NONE},
    {AJOUR_FIELD_VERSION, AJOUR_FIELD_CORRELATION_ID, AJOUR_FIELD_POLL, AJOUR_FIELD_NONE},
    {AJOUR_FIELD_VERSION, AJOUR_FIELD_CORRELATION_ID, AJOUR_FIELD_OFFSET, AJOUR_FIELD_DATA},
    {AJOUR_FIELD_VERSION, AJOUR_FIELD_CORRELATION_ID, AJOUR_FIELD_CHECKSUM, AJOUR_FIELD_NONE}};

static uint8_t find_name(const char* names, const struct ajour_bytes* name) {
    for (uint8_t i = 0; *names != '\0'; ++i) {
        const size_t length = strlen(names);
        if (length == name->length && memcmp(names, name->data, length) == 0) return i;
        names += length + 1;
    }
    return UNKNOWN;
}

/* What an integer, or a name, identifies; everything that the reference takes for an identifier. */
static uint32_t read_identifier(struct ajour_cbor_reader* reader, const char* names,
                                bool* is_name) {
    const struct ajour_cbor_head head = ajour_cbor_read_head(reader);
    *is_name = head.major == AJOUR_CBOR_BYTES || head.major == AJOUR_CBOR_TEXT;
    if (*is_name) {
        const struct ajour_bytes name = ajour_cbor_read_string(reader, &head);
        return find_name(names, &name);
    }
    if (head.major != AJOUR_CBOR_UNSIGNED) ajour_cbor_fail(reader);
    return head.value;
}

static uint8_t read_key(struct ajour_cbor_reader* reader, uint8_t kind) {
    bool is_name;
    const uint32_t key = read_identifier(reader, field_names, &is_name);
    if (!is_name) return key < FIELDS_MAX ? fields_of[kind][key] : (uint8_t)AJOUR_FIELD_NONE;
    for (uint8_t i = 0; i < FIELDS_MAX; ++i)
        if (fields_of[kind][i] == key) return (uint8_t)key;
    return AJOUR_FIELD_NONE;
}

static void read_number(struct ajour_cbor_reader* reader, struct ajour_command* command,
                        uint8_t field, const struct ajour_cbor_head* head) {
    if (head->major != AJOUR_CBOR_UNSIGNED || head->too_wide) ajour_cbor_fail(reader);
    if (field == AJOUR_FIELD_CORRELATION_ID)
        command->correlation_id = head->value;
    else if (field == AJOUR_FIELD_POLL)
        command->poll = head->value;
    else
        command->offset = head->value;
}

static void read_string(struct ajour_cbor_reader* reader, struct ajour_command* command,
                        uint8_t field, const struct ajour_cbor_head* head) {
    struct ajour_bytes* string = field == AJOUR_FIELD_VERSION ? &command->version : &command->data;
    if (head->major != AJOUR_CBOR_BYTES)
        ajour_cbor_fail(reader);
    else
        *string = ajour_cbor_read_string(reader, head);
}

static void read_field(struct ajour_cbor_reader* reader, struct ajour_command* command,
                       uint8_t field) {
    const struct ajour_cbor_head head = ajour_cbor_read_head(reader);
    const uint8_t bit = (uint8_t)(1U << field);
    if (field == AJOUR_FIELD_NONE) {
        ajour_cbor_skip(reader, head);
        return;
    }
    if ((command->seen & bit) != 0) ajour_cbor_fail(reader);
    command->seen |= bit;
    const bool is_null = head.major == AJOUR_CBOR_SIMPLE && head.info == AJOUR_CBOR_NULL;
    if (is_null && (bit & OPTIONAL) != 0) return;
    command->present |= bit;
    if ((bit & NUMBERS) != 0)
        read_number(reader, command, field, &head);
    else
        read_string(reader, command, field, &head);
}

/* Reads a map of fields, or an array of all of them in order. Returns which may be missing. */
static uint8_t read_fields(struct ajour_cbor_reader* reader, struct ajour_command* command) {
    struct ajour_cbor_head container = ajour_cbor_read_head(reader);
    const bool is_map = container.major == AJOUR_CBOR_MAP;
    const uint8_t* fields = fields_of[command->kind];
    if (!is_map && container.major != AJOUR_CBOR_ARRAY) ajour_cbor_fail(reader);
    for (uint8_t i = 0; ajour_cbor_read_more(reader, &container); ++i) {
        if (!is_map && (i >= FIELDS_MAX || fields[i] == AJOUR_FIELD_NONE)) {
            ajour_cbor_fail(reader);
            break;
        }
        read_field(reader, command, is_map ? read_key(reader, command->kind) : fields[i]);
    }
    return is_map ? OPTIONAL : 0;
}

static bool is_complete(const struct ajour_command* command, uint8_t missing) {
    for (uint8_t i = 0; i < FIELDS_MAX; ++i) {
        const uint8_t field = fields_of[command->kind][i];
        if (field != AJOUR_FIELD_NONE && ((command->seen | missing) >> field & 1) == 0)
            return false;
    }
    return true;
}

/* {kind: fields}, or [kind, fields] as older encoders have it. */
static bool opens_command(const struct ajour_cbor_head* head) {
    const uint32_t items = head->major == AJOUR_CBOR_MAP     ? 1
                           : head->major == AJOUR_CBOR_ARRAY ? 2
                                                             : UINT32_MAX;
    return head->info != AJOUR_CBOR_INDEFINITE && head->value == items && !head->too_wide;
}

int ajour_command_decode(struct ajour_command* command, uint8_t* in, size_t length) {
    memset(command, 0, sizeof *command);
    if (length == 0) return AJOUR_MALFORMED;
    struct ajour_cbor_reader reader = {in, in + length, false};
    const struct ajour_cbor_head outer = ajour_cbor_read_head(&reader);
    bool is_name;
    const uint32_t kind = read_identifier(&reader, kind_names, &is_name);
    if (!opens_command(&outer) || kind >= KINDS || reader.bad) return AJOUR_MALFORMED;
    command->kind = (uint8_t)kind;
    const uint8_t missing = read_fields(&reader, command);
    const bool whole = !reader.bad && reader.at == reader.end && is_complete(command, missing);
    return whole ? AJOUR_OK : AJOUR_MALFORMED;
}
