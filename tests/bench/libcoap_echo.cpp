// SPDX-License-Identifier: Apache-2.0
// libcoap's server beside the CoAP transport: answers each POST to /v1/dfu with the same bytes, on
// one thread. libcoap_echo --port 0 --size 530 prints "listening on 127.0.0.1:PORT" and runs until
// it is ended.
#include "command_line.hpp"

#include <arpa/inet.h>
#include <coap3/coap.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <vector>

namespace {

constexpr std::uint16_t authorization = 4209;

std::vector<std::uint8_t> answer_bytes;

void answer(coap_resource_t*, coap_session_t*, const coap_pdu_t*, const coap_string_t*,
            coap_pdu_t* response) {
    coap_pdu_set_code(response, COAP_RESPONSE_CODE_CONTENT);
    coap_add_data(response, answer_bytes.size(), answer_bytes.data());
}

/// A free port of the loopback interface when it is 0: libcoap does not tell which it took.
std::uint16_t free_port(std::uint16_t port) {
    const int probe = ::socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    ::bind(probe, reinterpret_cast<sockaddr*>(&address), length);
    ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &length);
    ::close(probe);
    return ntohs(address.sin_port);
}

coap_context_t* open_context(std::uint16_t port) {
    coap_address_t address;
    coap_address_init(&address);
    address.addr.sin.sin_family = AF_INET;
    address.addr.sin.sin_port = htons(port);
    address.addr.sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.size = sizeof address.addr.sin;
    coap_context_t* context = coap_new_context(nullptr);
    if (context == nullptr || coap_new_endpoint(context, &address, COAP_PROTO_UDP) == nullptr)
        return nullptr;
    coap_register_option(context, authorization);
    coap_resource_t* resource = coap_resource_init(coap_make_str_const("v1/dfu"), 0);
    coap_register_handler(resource, COAP_REQUEST_POST, answer);
    coap_add_resource(context, resource);
    return context;
}

}  // namespace

int main(int count, char** words) {
    using ajour::bench::option;
    answer_bytes.assign(option(count, words, "--size", 530), 'x');
    const auto port = free_port(static_cast<std::uint16_t>(option(count, words, "--port", 0)));
    coap_startup();
    coap_context_t* context = open_context(port);
    if (context == nullptr) return 1;
    std::printf("listening on 127.0.0.1:%d\n", port);
    std::fflush(stdout);
    while (coap_io_process(context, COAP_IO_WAIT) >= 0) {
    }
    return 1;
}
