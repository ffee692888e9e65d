// SPDX-License-Identifier: Apache-2.0
// Devices on MQTT that ask for the first block again and again: --connections N of them, named d-1
// to d-N, on one thread, each with one status on its way. After --seconds S it prints how many
// turns had an answer of --size bytes, and how many another one: "turns 12345 others 0". With
// --drogue 1 they are at Drogue Cloud: their statuses are CloudEvents at app/bench.
#include "command_line.hpp"
#include "support/cloud_event.hpp"

#include <mosquitto.h>
#include <poll.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

// {0: "1.0.0", 1: 512, 3: {0: "1.0.1", 1: 0}}
constexpr std::uint8_t status[] = {0xa3, 0x00, 0x45, '1',  '.',  '0',  '.',  '0',
                                   0x01, 0x19, 0x02, 0x00, 0x03, 0xa2, 0x00, 0x45,
                                   '1',  '.',  '0',  '.',  '1',  0x01, 0x00};

struct Count {
    unsigned long turns = 0;
    unsigned long others = 0;
};

struct Device {
    mosquitto* client = nullptr;
    std::string status;
    std::string status_topic;
    std::string command_topic;
    int qos = 1;
    int size = 0;
    Count* count = nullptr;
};

void ask(Device& device) {
    mosquitto_publish(device.client, nullptr, device.status_topic.c_str(),
                      static_cast<int>(device.status.size()), device.status.data(), device.qos,
                      false);
}

void subscribe(mosquitto* client, void* context, int) {
    const auto& device = *static_cast<Device*>(context);
    mosquitto_subscribe(client, nullptr, device.command_topic.c_str(), device.qos);
}

void begin(mosquitto*, void* context, int, int, const int*) {
    ask(*static_cast<Device*>(context));
}

void take(mosquitto*, void* context, const mosquitto_message* message) {
    auto& device = *static_cast<Device*>(context);
    ++(message->payloadlen == device.size ? device.count->turns : device.count->others);
    ask(device);
}

const std::string_view status_bytes{reinterpret_cast<const char*>(status), sizeof status};

void be_at_a_broker(Device& device, const std::string& place) {
    device.status = status_bytes;
    device.status_topic = place + "/dfu";
    device.command_topic = place + "/command/dfu";
}

void be_at_drogue(Device& device, const std::string& name) {
    auto event = ajour::support::EventText::of(name, status_bytes);
    event.application = "bench";
    device.status = event.text();
    device.status_topic = "app/bench";
    device.command_topic = "command/bench/" + name + "/dfu";
}

bool connect(Device& device, int port) {
    device.client = mosquitto_new(nullptr, true, &device);
    if (device.client == nullptr) return false;
    mosquitto_int_option(device.client, MOSQ_OPT_TCP_NODELAY, 1);
    mosquitto_connect_callback_set(device.client, subscribe);
    mosquitto_subscribe_callback_set(device.client, begin);
    mosquitto_message_callback_set(device.client, take);
    return mosquitto_connect(device.client, "127.0.0.1", port, 600) == MOSQ_ERR_SUCCESS;
}

bool move(Device& device, const pollfd& found) {
    int result = MOSQ_ERR_SUCCESS;
    if ((found.revents & ~POLLOUT) != 0) result = mosquitto_loop_read(device.client, 1);
    if (result == MOSQ_ERR_SUCCESS && mosquitto_want_write(device.client))
        result = mosquitto_loop_write(device.client, 1);
    return result == MOSQ_ERR_SUCCESS;
}

bool run_until(Clock::time_point end, std::vector<Device>& devices) {
    std::vector<pollfd> polled(devices.size());
    for (std::size_t i = 0; i < devices.size(); ++i)
        polled[i] = {mosquitto_socket(devices[i].client), POLLIN, 0};
    while (Clock::now() < end) {
        if (poll(polled.data(), polled.size(), 100) < 0) return false;
        for (std::size_t i = 0; i < devices.size(); ++i) {
            if (polled[i].revents != 0 && !move(devices[i], polled[i])) return false;
            const bool wants = mosquitto_want_write(devices[i].client);
            polled[i].events = static_cast<short>(wants ? POLLIN | POLLOUT : POLLIN);
        }
    }
    return true;
}

}  // namespace

int main(int count, char** words) {
    using ajour::bench::option;
    const auto port = static_cast<int>(option(count, words, "--port", 1883));
    const std::chrono::seconds time(option(count, words, "--seconds", 3));
    const bool is_at_drogue = option(count, words, "--drogue", 0) != 0;
    const std::string place = option(count, words, "--echo", 0) ? "echo/bench/" : "ajour/bench/";
    Count counted;
    std::vector<Device> devices(option(count, words, "--connections", 64));
    mosquitto_lib_init();
    for (std::size_t i = 0; i < devices.size(); ++i) {
        devices[i].qos = static_cast<int>(option(count, words, "--qos", 1));
        devices[i].size = static_cast<int>(option(count, words, "--size", 531));
        devices[i].count = &counted;
        const auto name = "d-" + std::to_string(i + 1);
        is_at_drogue ? be_at_drogue(devices[i], name) : be_at_a_broker(devices[i], place + name);
        if (!connect(devices[i], port)) return 1;
    }
    if (!run_until(Clock::now() + time, devices)) {
        std::fputs("mqtt_load: a connection broke\n", stderr);
        return 1;
    }
    std::printf("turns %lu others %lu\n", counted.turns, counted.others);
}
