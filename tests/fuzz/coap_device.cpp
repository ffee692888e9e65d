// SPDX-License-Identifier: Apache-2.0
// Any datagrams to a device that asks over CoAP: each is preceded by its length and by how many
// seconds pass before it comes.
#include <coap_exchange.h>

#include <cstdint>
#include <cstdlib>
#include <vector>

namespace {

constexpr std::size_t command_max = 256;

/// A length that is not kept, or a command beyond its bound, is what we look for.
void check(const ajour_coap_exchange& exchange, const ajour_coap_reaction& reaction) {
    std::vector<std::uint8_t> request(512);
    if (ajour_coap_request(&exchange, request.data(), request.size()) > request.size())
        std::abort();
    if (reaction.reply_length != 0 && reaction.reply_length != AJOUR_COAP_HEADER) std::abort();
    if (reaction.action != AJOUR_COAP_COMMAND) return;
    if (reaction.command_length == 0 || reaction.command_length > command_max) std::abort();
    unsigned sum = 0;
    for (std::size_t i = 0; i < reaction.command_length; ++i) sum += reaction.command[i];
    if (sum == 0xffffffff) std::abort();  // all bytes were there to be read
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ajour_coap_target target{"host", "Basic abc", 30, command_max, 4};
    const std::uint8_t status[] = {0xa0};
    std::int64_t now = 0;
    ajour_coap_exchange exchange;
    ajour_coap_exchange_open(&exchange, &target, 0);
    ajour_coap_begin(&exchange, status, sizeof status, now);
    while (size >= 2) {
        now += data[1] * 1000;
        check(exchange, ajour_coap_expire(&exchange, now));
        const std::size_t length = data[0] < size - 2 ? data[0] : size - 2;
        const std::vector<std::uint8_t> datagram(data + 2, data + 2 + length);
        check(exchange, ajour_coap_receive(&exchange, datagram.data(), length, now));
        if (!ajour_coap_is_waiting(&exchange)) {
            ajour_coap_end(&exchange);
            ajour_coap_begin(&exchange, status, sizeof status, now);
        }
        data += 2 + length;
        size -= 2 + length;
    }
    ajour_coap_exchange_close(&exchange);
    return 0;
}
