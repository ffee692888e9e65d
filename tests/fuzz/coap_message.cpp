// SPDX-License-Identifier: Apache-2.0
// Any bytes as a CoAP message: what is well-formed is written again byte for byte, also by the
// client's codec of the tests.
#include "support/coap_message.hpp"

#include "message.hpp"

#include <array>
#include <cstdlib>
#include <cstring>

namespace {

using namespace ajour;

void require(bool holds) {
    if (!holds) std::abort();
}

bool are_equal(sdk::ByteView left, sdk::ByteView right) {
    return left.size() == right.size() &&
           (left.empty() || std::memcmp(left.data(), right.data(), left.size()) == 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const sdk::ByteView datagram(data, size);
    const auto [flaw, message] = coap::parse(datagram);
    const auto seen_by_client = support::decode(sdk::text_of(datagram));
    if (flaw != coap::Flaw::None) return 0;
    sdk::Bytes room(size);
    coap::MessageWriter writer(room, message.type, message.code, message.id, message.token);
    coap::Options options(message.options);
    std::size_t count = 0;
    for (; const auto option = options.next(); ++count)
        writer.option(option->number, option->value);
    require(are_equal(writer.payload(message.payload).bytes(), datagram));
    require(seen_by_client && seen_by_client->options.size() == count);
    require(seen_by_client->payload == sdk::text_of(message.payload));
    require(are_equal(sdk::bytes_of(support::encode(*seen_by_client)), datagram));
    return 0;
}
