/* SPDX-License-Identifier: Apache-2.0 */
#include "coap_exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ACK_TIMEOUT and ACK_RANDOM_FACTOR of RFC 7252, section 4.8, in milliseconds. */
enum { ACK_TIMEOUT = 2000, ACK_RANDOM = 1000, ANSWER_SLACK = 10000 };
enum { ECHOES_MAX = 3, TOKEN_LENGTH = 8, CBOR = 60, RESERVED_SIZE = 7 };

/* What a response says, as far as we understand it. */
struct response {
    struct ajour_coap_header header;
    const uint8_t* payload;
    size_t length;
    const uint8_t* echo;
    size_t echo_length;
    bool has_block;
    uint32_t block;
};

void ajour_coap_exchange_open(struct ajour_coap_exchange* exchange,
                              const struct ajour_coap_target* target, uint64_t seed) {
    memset(exchange, 0, sizeof *exchange);
    exchange->target = target;
    exchange->token = seed;
    exchange->id = (uint16_t)(seed >> 48);
    exchange->random = (uint32_t)(seed >> 16) | 1;
}

static void drop_blocks(struct ajour_coap_exchange* exchange) {
    free(exchange->blocks);
    exchange->blocks = NULL;
    exchange->blocks_length = 0;
    exchange->block_number = 0;
    exchange->block_size = 0;
}

void ajour_coap_exchange_close(struct ajour_coap_exchange* exchange) {
    drop_blocks(exchange);
}

void ajour_coap_end(struct ajour_coap_exchange* exchange) {
    exchange->state = AJOUR_COAP_IDLE;
    drop_blocks(exchange);
}

bool ajour_coap_is_waiting(const struct ajour_coap_exchange* exchange) {
    return exchange->state != AJOUR_COAP_IDLE;
}

/* A linear congruence: it only spreads retransmissions. */
static int64_t first_timeout(struct ajour_coap_exchange* exchange) {
    exchange->random = exchange->random * 1664525U + 1013904223U;
    return ACK_TIMEOUT + (exchange->random >> 16) % ACK_RANDOM;
}

static void renew(struct ajour_coap_exchange* exchange, int64_t now) {
    ++exchange->id;
    ++exchange->token;
    exchange->sent = 1;
    exchange->state = AJOUR_COAP_SENT;
    exchange->timeout = first_timeout(exchange);
    exchange->due = now + exchange->timeout;
}

void ajour_coap_begin(struct ajour_coap_exchange* exchange, const uint8_t* status, size_t length,
                      int64_t now) {
    drop_blocks(exchange);
    exchange->status_length = (uint8_t)length;
    memcpy(exchange->status, status, length);
    exchange->echoes = 0;
    renew(exchange, now);
}

static void put_token(uint8_t token[TOKEN_LENGTH], uint64_t value) {
    for (unsigned i = 0; i < TOKEN_LENGTH; ++i) token[i] = (uint8_t)(value >> (8 * i));
}

static bool has_token(const struct ajour_coap_header* header, uint64_t value) {
    uint8_t token[TOKEN_LENGTH];
    put_token(token, value);
    return header->token_length == TOKEN_LENGTH && memcmp(header->token, token, TOKEN_LENGTH) == 0;
}

size_t ajour_coap_request(const struct ajour_coap_exchange* exchange, uint8_t* out, size_t room) {
    const struct ajour_coap_target* target = exchange->target;
    const bool is_first = exchange->block_number == 0;
    char query[16];
    struct ajour_coap_header header = {.type = AJOUR_COAP_CONFIRMABLE,
                                       .code = AJOUR_COAP_POST,
                                       .id = exchange->id,
                                       .token_length = TOKEN_LENGTH};
    put_token(header.token, exchange->token);
    struct ajour_coap_writer writer = ajour_coap_write_header(out, room, &header);
    if (target->host != NULL)
        ajour_coap_write_option(&writer, AJOUR_COAP_URI_HOST, target->host, strlen(target->host));
    ajour_coap_write_option(&writer, AJOUR_COAP_URI_PATH, "v1", 2);
    ajour_coap_write_option(&writer, AJOUR_COAP_URI_PATH, "dfu", 3);
    if (is_first) ajour_coap_write_number(&writer, AJOUR_COAP_CONTENT_FORMAT, CBOR);
    snprintf(query, sizeof query, "ct=%u", target->wait_for_command);
    ajour_coap_write_option(&writer, AJOUR_COAP_URI_QUERY, query, strlen(query));
    if (!is_first)
        ajour_coap_write_number(&writer, AJOUR_COAP_BLOCK2,
                                exchange->block_number << 4 | exchange->block_size);
    if (exchange->echo_length > 0)
        ajour_coap_write_option(&writer, AJOUR_COAP_ECHO, exchange->echo, exchange->echo_length);
    if (target->authorization != NULL)
        ajour_coap_write_option(&writer, AJOUR_COAP_AUTHORIZATION, target->authorization,
                                strlen(target->authorization));
    if (is_first) ajour_coap_write_payload(&writer, exchange->status, exchange->status_length);
    return writer.length;
}

static void reply(struct ajour_coap_reaction* reaction, uint8_t type,
                  const struct ajour_coap_header* to) {
    const struct ajour_coap_header header = {
        .type = type, .code = AJOUR_COAP_EMPTY, .id = to->id, .token_length = 0};
    reaction->reply_length =
        ajour_coap_write_header(reaction->reply, sizeof reaction->reply, &header).length;
}

static void give_up(struct ajour_coap_exchange* exchange, struct ajour_coap_reaction* reaction,
                    const char* text) {
    reaction->action = AJOUR_COAP_PROBLEM;
    snprintf(reaction->problem, sizeof reaction->problem, "%s", text);
    ajour_coap_end(exchange);
}

static void send_anew(struct ajour_coap_exchange* exchange, struct ajour_coap_reaction* reaction,
                      int64_t now) {
    renew(exchange, now);
    reaction->action = AJOUR_COAP_SEND;
}

/* Takes in an option; false if it is critical and we do not know it. */
static bool understand(struct response* response, const struct ajour_coap_option* option) {
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

/* -1 if it is no message that we can take in; the header may be right all the same. */
static int read_response(struct response* response, const uint8_t* datagram, size_t length) {
    struct ajour_coap_reader reader;
    struct ajour_coap_option option;
    int result = 0;
    memset(response, 0, sizeof *response);
    if (ajour_coap_read_header(&reader, &response->header, datagram, length) != 0) return -2;
    while ((result = ajour_coap_read_option(&reader, &option)) == 1)
        if (!understand(response, &option)) return -1;
    response->payload = reader.at;
    response->length = (size_t)(reader.end - reader.at);
    return result;
}

/* Whether the block is the one that was asked for, and there is room for it. */
static bool keep_block(struct ajour_coap_exchange* exchange, const struct response* response) {
    const size_t room = exchange->target->command_max;
    const uint8_t size = response->block & 7;
    if (response->block >> 4 != exchange->block_number || size == RESERVED_SIZE) return false;
    if ((response->block & 8) != 0 && response->length != (size_t)16 << size) return false;
    if (exchange->blocks == NULL) exchange->blocks = malloc(room);
    if (exchange->blocks == NULL || response->length > room - exchange->blocks_length) return false;
    if (response->length > 0)
        memcpy(exchange->blocks + exchange->blocks_length, response->payload, response->length);
    exchange->blocks_length += response->length;
    exchange->block_size = size;
    return true;
}

static void take_block(struct ajour_coap_exchange* exchange, const struct response* response,
                       struct ajour_coap_reaction* reaction, int64_t now) {
    const bool has_more = (response->block & 8) != 0;
    if (!keep_block(exchange, response)) {
        give_up(exchange, reaction, "the answer's blocks do not fit together");
        return;
    }
    if (has_more) {
        ++exchange->block_number;
        send_anew(exchange, reaction, now);
        return;
    }
    reaction->action = AJOUR_COAP_COMMAND;
    reaction->command = exchange->blocks;
    reaction->command_length = exchange->blocks_length;
    exchange->state = AJOUR_COAP_IDLE;
}

static void take_content(struct ajour_coap_exchange* exchange, const struct response* response,
                         struct ajour_coap_reaction* reaction, int64_t now) {
    const bool is_block =
        response->has_block && (response->block >> 4 != 0 || (response->block & 8) != 0);
    if (is_block || exchange->block_number > 0) {
        take_block(exchange, response, reaction, now);
    } else if (response->length == 0) {
        give_up(exchange, reaction, "the server sent no command");
    } else if (response->length > exchange->target->command_max) {
        give_up(exchange, reaction, "the answer is longer than any command");
    } else {
        reaction->action = AJOUR_COAP_COMMAND;
        reaction->command = response->payload;
        reaction->command_length = response->length;
        exchange->state = AJOUR_COAP_IDLE;
    }
}

/* What comes back with every later request, and shows that we are where we claim to be. */
static bool keep_echo(struct ajour_coap_exchange* exchange, const struct response* response) {
    if (response->echo_length == 0 || response->echo_length > AJOUR_COAP_ECHO_MAX) return false;
    exchange->echo_length = (uint8_t)response->echo_length;
    memcpy(exchange->echo, response->echo, response->echo_length);
    return true;
}

/* Whether the server wants the same again, with its proof. */
static bool is_challenge(struct ajour_coap_exchange* exchange, const struct response* response,
                         bool has_echo) {
    return response->header.code == AJOUR_COAP_UNAUTHORIZED && has_echo &&
           exchange->echoes++ < ECHOES_MAX;
}

static void take_answer(struct ajour_coap_exchange* exchange, const struct response* response,
                        struct ajour_coap_reaction* reaction, int64_t now) {
    const uint8_t code = response->header.code;
    const bool has_echo = keep_echo(exchange, response);
    char text[64];
    snprintf(text, sizeof text, "the server answered %u.%02u", code >> 5, code & 31U);
    if (code == AJOUR_COAP_CONTENT || code == AJOUR_COAP_CHANGED)
        take_content(exchange, response, reaction, now);
    else if (is_challenge(exchange, response, has_echo))
        send_anew(exchange, reaction, now);
    else if (code == AJOUR_COAP_UNAUTHORIZED || code == AJOUR_COAP_FORBIDDEN)
        give_up(exchange, reaction, "the server refuses this device or its password");
    else
        give_up(exchange, reaction, text);
}

static bool is_response(const struct ajour_coap_header* header) {
    const unsigned class = header->code >> 5;
    return class == 2 || class == 4 || class == 5;
}

static void take_acknowledgement(struct ajour_coap_exchange* exchange,
                                 const struct response* response,
                                 struct ajour_coap_reaction* reaction, int64_t now) {
    const struct ajour_coap_header* header = &response->header;
    if (header->id != exchange->id || exchange->state == AJOUR_COAP_IDLE) return;
    if (header->code == AJOUR_COAP_EMPTY) {
        exchange->state = AJOUR_COAP_ACKED;
        exchange->due = now + (int64_t)exchange->target->wait_for_command * 1000 + ANSWER_SLACK;
    } else if (is_response(header) && has_token(header, exchange->token)) {
        take_answer(exchange, response, reaction, now);
    }
}

static void take_separate(struct ajour_coap_exchange* exchange, const struct response* response,
                          struct ajour_coap_reaction* reaction, int64_t now) {
    const struct ajour_coap_header* header = &response->header;
    const bool is_confirmable = header->type == AJOUR_COAP_CONFIRMABLE;
    const bool is_ours = is_response(header) && has_token(header, exchange->token);
    /* Our ACK of the last answer was lost, or that of the request before this one. */
    const bool was_ours = is_response(header) && has_token(header, exchange->token - 1);
    if (is_confirmable)
        reply(reaction, is_ours || was_ours ? AJOUR_COAP_ACKNOWLEDGEMENT : AJOUR_COAP_RESET,
              header);
    if (is_ours && exchange->state != AJOUR_COAP_IDLE)
        take_answer(exchange, response, reaction, now);
}

struct ajour_coap_reaction ajour_coap_receive(struct ajour_coap_exchange* exchange,
                                              const uint8_t* datagram, size_t length, int64_t now) {
    struct ajour_coap_reaction reaction = {.action = AJOUR_COAP_NOTHING};
    struct response response;
    const int result = read_response(&response, datagram, length);
    if (result != 0) {
        if (result == -1 && response.header.type == AJOUR_COAP_CONFIRMABLE)
            reply(&reaction, AJOUR_COAP_RESET, &response.header);
        return reaction;
    }
    const struct ajour_coap_header* header = &response.header;
    if (header->type == AJOUR_COAP_ACKNOWLEDGEMENT)
        take_acknowledgement(exchange, &response, &reaction, now);
    else if (header->type != AJOUR_COAP_RESET)
        take_separate(exchange, &response, &reaction, now);
    else if (header->id == exchange->id && exchange->state == AJOUR_COAP_SENT)
        give_up(exchange, &reaction, "the server does not know what to do with it");
    return reaction;
}

struct ajour_coap_reaction ajour_coap_expire(struct ajour_coap_exchange* exchange, int64_t now) {
    struct ajour_coap_reaction reaction = {.action = AJOUR_COAP_NOTHING};
    if (exchange->state == AJOUR_COAP_IDLE || now < exchange->due) return reaction;
    if (exchange->state == AJOUR_COAP_ACKED || exchange->sent > exchange->target->retransmissions) {
        give_up(exchange, &reaction, "the server does not answer");
        return reaction;
    }
    ++exchange->sent;
    exchange->timeout *= 2;
    exchange->due = now + exchange->timeout;
    reaction.action = AJOUR_COAP_SEND;
    return reaction;
}
