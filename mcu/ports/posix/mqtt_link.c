/* SPDX-License-Identifier: Apache-2.0 */
/* Publishes statuses and waits for commands on a topic, as a client of the operator's broker. */
#include "link.h"
#include "mqtt_topic.h"
#ifdef AJOUR_WITH_OPENSSL
#include "tls.h"
#endif

#include <mosquitto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A broker may drop a message silently, so a status that stays unanswered is sent again. */
enum { QOS = 1, KEEP_ALIVE = 60, TICK = 1000, CONNECT_TIMEOUT = 15, ANSWER_TIMEOUT = 20 };

struct mqtt_link {
    struct ajour_route* route;
    struct ajour_listener listener;
    struct mosquitto* client;
    struct ajour_watch watch; /* its descriptor is -1 while there is no connection */
    struct ajour_timer timer;
    bool is_subscribed;
    bool is_waiting;      /* for a command */
    unsigned ticks;       /* since the status was to be sent */
    const char* lost;     /* why the connection ended, told outside of the library's callbacks */
    uint8_t status[128];  /* that has to wait for the subscription */
    size_t status_length; /* 0: none waits */
    char publish[AJOUR_TOPIC_MAX];
    char subscribe[AJOUR_TOPIC_MAX];
    char user[AJOUR_USER_MAX];
};

static void watch_socket(struct mqtt_link* link) {
    const int fd = mosquitto_socket(link->client);
    if (fd != link->watch.fd) ajour_loop_unwatch(link->route->loop, &link->watch);
    link->watch.fd = fd;
    if (fd < 0) return;
    const unsigned write = mosquitto_want_write(link->client) ? AJOUR_WRITABLE : 0;
    ajour_loop_watch(link->route->loop, &link->watch, AJOUR_READABLE | write);
}

/* The library closes the socket when something fails, so it must not be watched any more. */
static void forget_socket(struct mqtt_link* link) {
    ajour_loop_unwatch(link->route->loop, &link->watch);
    link->watch.fd = -1;
    link->is_subscribed = false;
}

static void disconnect(struct mqtt_link* link) {
    forget_socket(link);
    mosquitto_disconnect(link->client);
}

static void fail(struct mqtt_link* link, const char* problem) {
    const bool was_waiting = link->is_waiting;
    link->is_waiting = false;
    link->status_length = 0;
    if (was_waiting) link->listener.on_problem(link->listener.context, problem);
}

static void on_connect(struct mosquitto* client, void* context, int code) {
    struct mqtt_link* link = context;
    if (code != 0)
        link->lost = code == 4 || code == 5 ? "the broker refuses this device or its password"
                                            : mosquitto_connack_string(code);
    else if (mosquitto_subscribe(client, NULL, link->subscribe, QOS) != MOSQ_ERR_SUCCESS)
        link->lost = "the broker takes no subscription";
}

static int publish(struct mqtt_link* link, const uint8_t* status, size_t length) {
    return mosquitto_publish(link->client, NULL, link->publish, (int)length, status, QOS, false);
}

static void on_subscribe(struct mosquitto* client, void* context, int message, int count,
                         const int* granted) {
    struct mqtt_link* link = context;
    (void)client, (void)message;
    if (count != 1 || granted[0] > 2) {
        link->lost = "the broker refuses the subscription";
        return;
    }
    link->is_subscribed = true;
    if (link->status_length == 0) return;
    if (publish(link, link->status, link->status_length) != MOSQ_ERR_SUCCESS)
        link->lost = "the broker takes no message";
    link->status_length = 0;
}

/* A command that nobody waits for any more is a late one. */
static void on_message(struct mosquitto* client, void* context,
                       const struct mosquitto_message* message) {
    struct mqtt_link* link = context;
    (void)client;
    if (!link->is_waiting || link->status_length > 0 || message->retain ||
        message->payloadlen <= 0 ||
        (size_t)message->payloadlen > link->route->settings->command_max)
        return;
    link->is_waiting = !link->listener.on_command(link->listener.context, message->payload,
                                                  (size_t)message->payloadlen);
}

/* After anything that the library did. */
static void look_after(struct mqtt_link* link, int result) {
    if (result != MOSQ_ERR_SUCCESS && link->lost == NULL) link->lost = mosquitto_strerror(result);
    if (link->lost == NULL) {
        watch_socket(link);
        return;
    }
    const char* problem = link->lost;
    disconnect(link);
    link->lost = NULL;
    fail(link, problem);
}

static void on_ready(void* context, unsigned what) {
    struct mqtt_link* link = context;
    int result = MOSQ_ERR_SUCCESS;
    if ((what & AJOUR_READABLE) != 0) result = mosquitto_loop_read(link->client, 1);
    if (result == MOSQ_ERR_SUCCESS && (what & AJOUR_WRITABLE) != 0)
        result = mosquitto_loop_write(link->client, 1);
    look_after(link, result);
}

static void on_tick(void* context) {
    struct mqtt_link* link = context;
    const unsigned limit = link->is_subscribed ? ANSWER_TIMEOUT : CONNECT_TIMEOUT;
    ajour_loop_set_timer(link->route->loop, &link->timer, TICK);
    if (link->watch.fd >= 0) look_after(link, mosquitto_loop_misc(link->client));
    if (!link->is_waiting || ++link->ticks < limit) return;
    if (!link->is_subscribed) disconnect(link);
    fail(link, link->is_subscribed ? "no command came" : "the broker does not answer");
}

static void connect_to_broker(struct mqtt_link* link) {
    const struct ajour_server* server = &link->route->server;
    const int port = atoi(server->port);
    forget_socket(link);
    look_after(link, mosquitto_connect_async(link->client, server->host, port, KEEP_ALIVE));
}

static void send_status(void* context, const uint8_t* status, size_t length) {
    struct mqtt_link* link = context;
    link->ticks = 0;
    link->is_waiting = true;
    if (link->is_subscribed) {
        look_after(link, publish(link, status, length));
        return;
    }
    link->status_length = length <= sizeof link->status ? length : 0;
    memcpy(link->status, status, link->status_length);
    if (link->watch.fd < 0) connect_to_broker(link);
}

static void close_link(void* context) {
    struct mqtt_link* link = context;
    ajour_loop_unwatch(link->route->loop, &link->watch);
    ajour_loop_cancel_timer(link->route->loop, &link->timer);
    if (link->client != NULL) {
        mosquitto_disconnect(link->client);
        mosquitto_destroy(link->client);
    }
    free(link);
}

static int set_options(struct mqtt_link* link) {
    const struct ajour_link_settings* settings = link->route->settings;
    struct mosquitto* client = link->client;
    mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V311);
    mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1);
    if (link->route->shared != NULL &&
        (mosquitto_int_option(client, MOSQ_OPT_SSL_CTX_WITH_DEFAULTS, 0) != MOSQ_ERR_SUCCESS ||
         mosquitto_void_option(client, MOSQ_OPT_SSL_CTX, link->route->shared) != MOSQ_ERR_SUCCESS))
        return -1;
    mosquitto_connect_callback_set(client, on_connect);
    mosquitto_subscribe_callback_set(client, on_subscribe);
    mosquitto_message_callback_set(client, on_message);
    if (settings->password == NULL) return 0;
    return mosquitto_username_pw_set(client, link->user, settings->password) == MOSQ_ERR_SUCCESS
               ? 0
               : -1;
}

static int fill_in(struct mqtt_link* link, const char* device) {
    const struct ajour_link_settings* settings = link->route->settings;
    const char* application = settings->application;
    char id[AJOUR_USER_MAX];
    if (ajour_mqtt_topic(id, sizeof id, "{device}@{application}", application, device) != 0 ||
        ajour_mqtt_topic(link->user, sizeof link->user, settings->mqtt_user, application, device) !=
            0 ||
        ajour_mqtt_topic(link->publish, sizeof link->publish, settings->mqtt_publish, application,
                         device) != 0 ||
        ajour_mqtt_topic(link->subscribe, sizeof link->subscribe, settings->mqtt_subscribe,
                         application, device) != 0)
        return -1;
    link->client = mosquitto_new(id, true, link);
    if (link->client == NULL || set_options(link) != 0) return -1;
    ajour_loop_set_timer(link->route->loop, &link->timer, TICK);
    return 0;
}

static void* open_link(struct ajour_route* route, const char* device,
                       const struct ajour_listener* listener) {
    struct mqtt_link* link = calloc(1, sizeof *link);
    if (link == NULL) return NULL;
    link->route = route;
    link->listener = *listener;
    link->watch = (struct ajour_watch){.fd = -1, .ready = on_ready, .context = link};
    link->timer = (struct ajour_timer){.expired = on_tick, .context = link};
    if (fill_in(link, device) == 0) return link;
    close_link(link);
    return NULL;
}

static int prepare(struct ajour_route* route, char problem[AJOUR_PROBLEM_MAX]) {
    (void)problem;
    mosquitto_lib_init();
#ifdef AJOUR_WITH_OPENSSL
    if (strcmp(route->server.scheme, "mqtts") != 0) return 0;
    route->shared = ajour_tls_open(route, TLS_client_method(), problem);
    return route->shared != NULL ? 0 : -1;
#else
    (void)route;
    return 0;
#endif
}

static void finish(struct ajour_route* route) {
#ifdef AJOUR_WITH_OPENSSL
    SSL_CTX_free(route->shared);
#endif
    (void)route;
    mosquitto_lib_cleanup();
}

/* The library has two descriptors of its own for each client. */
const struct ajour_link_kind ajour_mqtt_link = {prepare,     finish,     open_link,
                                                send_status, close_link, 3};
