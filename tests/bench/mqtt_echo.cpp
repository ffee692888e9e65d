// SPDX-License-Identifier: Apache-2.0
// The reference for the MQTT transport: a bare libmosquitto client on one thread that answers every
// status with the same bytes and does nothing else: no identity, no bound on what it queues, no
// counters. mqtt_echo --port 1883 --size 531 --qos 1 prints "subscribed" and runs until it is
// ended.
#include "command_line.hpp"

#include <mosquitto.h>

#include <cstdio>
#include <string>
#include <string_view>

namespace {

constexpr std::string_view status_end = "/dfu";
constexpr const char* filter = "echo/+/+/dfu";  // not where ajourd listens

struct Echo {
    std::string answer;
    int qos;
};

void subscribe(mosquitto* client, void* context, int) {
    mosquitto_subscribe(client, nullptr, filter, static_cast<Echo*>(context)->qos);
}

void say_so(mosquitto*, void*, int, int, const int*) {
    std::puts("subscribed");
    std::fflush(stdout);
}

void answer(mosquitto* client, void* context, const mosquitto_message* message) {
    const auto& echo = *static_cast<Echo*>(context);
    std::string topic = message->topic;
    topic.resize(topic.size() - status_end.size());
    topic += "/command/dfu";
    mosquitto_publish(client, nullptr, topic.c_str(), static_cast<int>(echo.answer.size()),
                      echo.answer.data(), echo.qos, false);
}

}  // namespace

int main(int count, char** words) {
    using ajour::bench::option;
    Echo echo{std::string(option(count, words, "--size", 531), 'x'),
              static_cast<int>(option(count, words, "--qos", 1))};
    const auto port = static_cast<int>(option(count, words, "--port", 1883));
    mosquitto_lib_init();
    mosquitto* client = mosquitto_new(nullptr, true, &echo);
    if (client == nullptr) return 1;
    mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1);
    mosquitto_connect_callback_set(client, subscribe);
    mosquitto_subscribe_callback_set(client, say_so);
    mosquitto_message_callback_set(client, answer);
    int result = mosquitto_connect(client, "127.0.0.1", port, 60);
    if (result == MOSQ_ERR_SUCCESS) result = mosquitto_loop_forever(client, -1, 1);
    std::fprintf(stderr, "mqtt_echo: %s\n", mosquitto_strerror(result));
    return 1;
}
