/* SPDX-License-Identifier: Apache-2.0 */
/* POST coap://HOST/v1/dfu?ct=30 with a UDP socket for each device; coaps:// with DTLS on it. */
#include "address.h"
#include "base64.h"
#include "clock.h"
#include "coap_exchange.h"
#include "dtls.h"
#include "link.h"
#include "turnstile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

/* Over DTLS silence may mean that the server forgot the session, which only a new one mends. */
enum { RETRANSMISSIONS = 4, DTLS_RETRANSMISSIONS = 2, HANDSHAKE_TIMEOUT = 30000 };
/* At once: a server drops the oldest handshakes when too many devices wake up together. */
enum { HANDSHAKES_MAX = 64 };
enum { DATAGRAM_MAX = 65536, REQUEST_MAX = 2048, DATAGRAMS_IN_A_ROW = 16 };

struct coap_shared {
    struct ajour_address address;
    void* dtls; /* NULL: plain */
    struct ajour_turnstile handshakes;
};

struct coap_link {
    struct ajour_route* route;
    struct ajour_listener listener;
    struct ajour_coap_target target;
    struct ajour_coap_exchange exchange;
    struct ajour_watch watch; /* its descriptor is -1 while there is no socket */
    struct ajour_timer timer;
    struct ajour_dtls* dtls;      /* NULL: plain, or no socket */
    bool is_ready;                /* for requests */
    int64_t handshake_end;        /* when it is given up */
    struct ajour_visitor visitor; /* of the handshakes */
    char* authorization;
    char* device;
    uint8_t status[AJOUR_COAP_STATUS_MAX]; /* until there is a connection */
    size_t status_length;
};

/* Let in or waiting, it shakes hands no more. */
static void end_handshake(struct coap_link* link) {
    struct coap_shared* shared = link->route->shared;
    ajour_turnstile_leave(&shared->handshakes, &link->visitor, link->route->loop);
}

static void disconnect(struct coap_link* link) {
    end_handshake(link);
    ajour_loop_cancel_timer(link->route->loop, &link->timer);
    if (link->watch.fd < 0) return;
    ajour_loop_unwatch(link->route->loop, &link->watch);
    ajour_dtls_close(link->dtls);
    close(link->watch.fd);
    link->dtls = NULL;
    link->watch.fd = -1;
    link->is_ready = false;
}

/* The next request goes over a new socket. */
static void fail(struct coap_link* link, const char* problem) {
    ajour_coap_end(&link->exchange);
    disconnect(link);
    link->listener.on_problem(link->listener.context, problem);
}

static void transmit(struct coap_link* link, const uint8_t* data, size_t length) {
    if (link->dtls != NULL)
        ajour_dtls_send(link->dtls, data, length);
    else
        (void)!send(link->watch.fd, data, length, 0);
}

static void transmit_request(struct coap_link* link) {
    uint8_t request[REQUEST_MAX];
    const size_t length = ajour_coap_request(&link->exchange, request, sizeof request);
    if (length <= sizeof request) transmit(link, request, length);
}

static void set_timer(struct coap_link* link) {
    int64_t pause = link->dtls != NULL && !link->is_ready ? ajour_dtls_pause(link->dtls) : -1;
    if (ajour_coap_is_waiting(&link->exchange)) {
        pause = link->exchange.due - ajour_clock_now();
        if (pause < 0) pause = 0;
    }
    if (pause >= 0)
        ajour_loop_set_timer(link->route->loop, &link->timer, pause);
    else
        ajour_loop_cancel_timer(link->route->loop, &link->timer);
}

static void hand_over(struct coap_link* link, const struct ajour_coap_reaction* reaction) {
    uint8_t* command = malloc(reaction->command_length);
    if (command != NULL) memcpy(command, reaction->command, reaction->command_length);
    ajour_coap_end(&link->exchange);
    if (command == NULL)
        fail(link, "no memory");
    else if (!link->listener.on_command(link->listener.context, command, reaction->command_length))
        fail(link, "the answer is that of an earlier status");
    free(command);
}

static void act(struct coap_link* link, const struct ajour_coap_reaction* reaction) {
    if (reaction->reply_length > 0) transmit(link, reaction->reply, reaction->reply_length);
    if (reaction->action == AJOUR_COAP_SEND) transmit_request(link);
    if (reaction->action == AJOUR_COAP_COMMAND) hand_over(link, reaction);
    if (reaction->action == AJOUR_COAP_PROBLEM) fail(link, reaction->problem);
}

static void begin(struct coap_link* link, const uint8_t* status, size_t length) {
    ajour_coap_begin(&link->exchange, status, length, ajour_clock_now());
    transmit_request(link);
    set_timer(link);
}

static void shake_hands(struct coap_link* link) {
    char problem[AJOUR_PROBLEM_MAX];
    int result = ajour_dtls_shake_hands(link->dtls, problem);
    if (result == 0 && ajour_clock_now() >= link->handshake_end) {
        snprintf(problem, sizeof problem, "no DTLS handshake; is the key that of this device?");
        result = -1;
    }
    if (result < 0) {
        fail(link, problem);
        return;
    }
    link->is_ready = result == 1;
    if (link->is_ready) {
        end_handshake(link);
        begin(link, link->status, link->status_length);
    }
    set_timer(link);
}

static void lose_session(struct coap_link* link) {
    if (ajour_coap_is_waiting(&link->exchange))
        fail(link, "the server ended the DTLS session");
    else
        disconnect(link);
}

/* A port that nobody listens on is an error of the socket: the server may be about to come. */
static ssize_t receive(const struct coap_link* link, uint8_t* datagram) {
    if (link->dtls != NULL) return ajour_dtls_receive(link->dtls, datagram, DATAGRAM_MAX);
    const ssize_t length = recv(link->watch.fd, datagram, DATAGRAM_MAX, MSG_DONTWAIT);
    return length > 0 ? length : 0;
}

static void on_datagrams(struct coap_link* link) {
    static uint8_t datagram[DATAGRAM_MAX]; /* of the one loop */
    for (int i = 0; i < DATAGRAMS_IN_A_ROW && link->watch.fd >= 0; ++i) {
        const ssize_t length = receive(link, datagram);
        if (length < 0) lose_session(link);
        if (length <= 0) break;
        const struct ajour_coap_reaction reaction =
            ajour_coap_receive(&link->exchange, datagram, (size_t)length, ajour_clock_now());
        act(link, &reaction);
    }
    if (link->watch.fd >= 0) set_timer(link);
}

static void on_ready(void* context, unsigned what) {
    struct coap_link* link = context;
    (void)what;
    if (link->dtls != NULL && !link->is_ready)
        shake_hands(link);
    else
        on_datagrams(link);
}

static int open_socket(struct coap_link* link) {
    const struct coap_shared* shared = link->route->shared;
    const struct sockaddr* place = (const struct sockaddr*)&shared->address.place;
    const int type = SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
    link->watch.fd = socket(place->sa_family, type, 0);
    if (link->watch.fd < 0) return -1;
    if (connect(link->watch.fd, place, shared->address.length) != 0 ||
        ajour_loop_watch(link->route->loop, &link->watch, AJOUR_READABLE) != 0)
        return -1;
    if (shared->dtls == NULL) return 0;
    link->dtls = ajour_dtls_open(shared->dtls, link->route, link->watch.fd, link->device);
    return link->dtls != NULL ? 0 : -1;
}

static void connect_to_server(struct coap_link* link) {
    struct coap_shared* shared = link->route->shared;
    const char* problem = ajour_address_find(&shared->address, &link->route->server);
    if (problem == NULL && open_socket(link) != 0) problem = "no socket, or no way to the server";
    if (problem != NULL) {
        fail(link, problem);
        return;
    }
    link->is_ready = link->dtls == NULL;
    link->handshake_end = ajour_clock_now() + HANDSHAKE_TIMEOUT;
    if (link->is_ready)
        begin(link, link->status, link->status_length);
    else
        shake_hands(link);
}

static void connect_in_turn(struct coap_link* link) {
    struct coap_shared* shared = link->route->shared;
    if (shared->dtls == NULL || ajour_turnstile_enter(&shared->handshakes, &link->visitor))
        connect_to_server(link);
}

static void on_time(void* context) {
    struct coap_link* link = context;
    if (link->visitor.is_inside && link->watch.fd < 0) {
        connect_to_server(link);
        return;
    }
    if (link->visitor.is_inside) {
        shake_hands(link);
        return;
    }
    const struct ajour_coap_reaction reaction =
        ajour_coap_expire(&link->exchange, ajour_clock_now());
    act(link, &reaction);
    if (link->watch.fd >= 0) set_timer(link);
}

static void send_status(void* context, const uint8_t* status, size_t length) {
    struct coap_link* link = context;
    if (length > sizeof link->status) {
        fail(link, "the status is too long");
        return;
    }
    memcpy(link->status, status, length);
    link->status_length = length;
    if (link->watch.fd < 0)
        connect_in_turn(link);
    else
        begin(link, status, length);
}

static void close_link(void* context) {
    struct coap_link* link = context;
    disconnect(link);
    ajour_coap_exchange_close(&link->exchange);
    free(link->authorization);
    free(link->device);
    free(link);
}

/* "Basic ...", as in HTTP. */
static char* authorization_of(const struct coap_link* link) {
    const struct ajour_link_settings* settings = link->route->settings;
    char plain[1024];
    const int length = snprintf(plain, sizeof plain, "%s@%s:%s", link->device,
                                settings->application, settings->password);
    if (length < 0 || length >= (int)sizeof plain) return NULL;
    char* text = malloc(sizeof "Basic " + AJOUR_BASE64_LENGTH((size_t)length));
    if (text == NULL) return NULL;
    strcpy(text, "Basic ");
    ajour_base64_encode(text + strlen(text), (const uint8_t*)plain, (size_t)length);
    return text;
}

static int fill_in(struct coap_link* link, const char* device) {
    const struct ajour_link_settings* settings = link->route->settings;
    const struct coap_shared* shared = link->route->shared;
    const char* host = link->route->server.host;
    /* They say who we are by themselves, and servers refuse a password beside them. */
    const bool has_key =
        shared->dtls != NULL && (settings->psk_length > 0 || settings->certificate_file != NULL);
    uint64_t seed = 0;
    link->device = strdup(device);
    if (link->device == NULL || getrandom(&seed, sizeof seed, 0) != sizeof seed) return -1;
    if (settings->password != NULL && !has_key) {
        link->authorization = authorization_of(link);
        if (link->authorization == NULL) return -1;
    }
    link->target = (struct ajour_coap_target){
        .host = ajour_address_is_literal(host) ? NULL : host,
        .authorization = link->authorization,
        .wait_for_command = AJOUR_WAIT_FOR_COMMAND,
        .command_max = settings->command_max,
        .retransmissions = shared->dtls != NULL ? DTLS_RETRANSMISSIONS : RETRANSMISSIONS};
    ajour_coap_exchange_open(&link->exchange, &link->target, seed);
    return 0;
}

static void* open_link(struct ajour_route* route, const char* device,
                       const struct ajour_listener* listener) {
    struct coap_link* link = calloc(1, sizeof *link);
    if (link == NULL) return NULL;
    link->route = route;
    link->listener = *listener;
    link->watch = (struct ajour_watch){.fd = -1, .ready = on_ready, .context = link};
    link->timer = (struct ajour_timer){.expired = on_time, .context = link};
    link->visitor.timer = &link->timer;
    if (fill_in(link, device) == 0) return link;
    close_link(link);
    return NULL;
}

static void finish(struct ajour_route* route) {
    struct coap_shared* shared = route->shared;
    if (shared->dtls != NULL) ajour_dtls_finish(shared->dtls);
    free(shared);
}

static int prepare(struct ajour_route* route, char problem[AJOUR_PROBLEM_MAX]) {
    struct coap_shared* shared = calloc(1, sizeof *shared);
    route->shared = shared;
    snprintf(problem, AJOUR_PROBLEM_MAX, "no memory");
    if (shared == NULL) return -1;
    shared->handshakes.most = HANDSHAKES_MAX;
    if (strcmp(route->server.scheme, "coaps") != 0) return 0;
    shared->dtls = ajour_dtls_prepare(route, problem);
    if (shared->dtls != NULL) return 0;
    free(shared);
    return -1;
}

const struct ajour_link_kind ajour_coap_link = {prepare,     finish,     open_link,
                                                send_status, close_link, 1};
