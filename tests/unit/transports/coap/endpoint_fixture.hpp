// SPDX-License-Identifier: Apache-2.0
// An endpoint without a socket: datagrams and time go in, what it sent comes out.
#pragma once

#include "endpoint.hpp"
#include "support/coap_message.hpp"
#include "support/recording_inbox.hpp"
#include "support/test_host.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <vector>

namespace ajour::coap {

using support::coap_block;
using support::coap_number;
using support::coap_status;
using support::CoapMessage;
using support::RecordingInbox;
namespace names = support::coap_option;

struct RecordingWire final : Wire {
    void send(const Peer& peer, sdk::ByteView datagram) noexcept override {
        sent.emplace_back(sdk::text_of(datagram));
        bytes_to[peer.port] += datagram.size();
    }
    std::deque<std::string> sent;
    std::map<std::uint16_t, std::size_t> bytes_to;
};

class EndpointTest : public testing::Test {
protected:
    using Time = std::chrono::milliseconds;

    /// Peers are told apart by their port.
    static Peer peer(std::uint16_t port) {
        Peer made;
        made.address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1};
        made.port = port;
        return made;
    }

    Endpoint& endpoint() {
        if (!endpoint_) {
            endpoint_.emplace(Endpoint::Surroundings{limits, metrics, inbox, wire},
                              [this] { ++wakes; });
        }
        return *endpoint_;
    }

    void put(std::string bytes, std::uint16_t port = 1) {
        Datagram datagram;
        datagram.peer = peer(port);
        datagram.bytes = {reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()};
        datagram.is_secured = secured;
        endpoint().receive(datagram, now);
    }
    void put(const CoapMessage& message, std::uint16_t port = 1) { put(encode(message), port); }

    /// What was sent, oldest first; nothing when there is no more.
    std::optional<std::string> taken() {
        if (wire.sent.empty()) return std::nullopt;
        auto first = std::move(wire.sent.front());
        wire.sent.pop_front();
        return first;
    }
    std::optional<CoapMessage> answer() {
        const auto datagram = taken();
        return datagram ? support::decode(*datagram) : std::nullopt;
    }
    std::optional<CoapMessage> ask(const CoapMessage& message, std::uint16_t port = 1) {
        put(message, port);
        return answer();
    }
    unsigned code_of(const CoapMessage& message) {
        const auto answered = ask(message);
        return answered ? answered->code : 0;
    }

    void pass(Time time) {
        now += time;
        endpoint().advance(now);
    }
    /// From now on the host answers later, by `replies`.
    void answer_later() {
        inbox.answer_with(
            [this](const sdk::Message&, sdk::Reply& reply) { replies.push_back(reply.later()); });
    }
    void reply(std::string command, std::size_t which = 0) {
        replies.at(which)->send(sdk::bytes_of(command));
        endpoint().advance(now);
    }

    Limits limits;
    bool secured = true;  ///< the peers' addresses are proven
    Time now{1000};
    int wakes = 0;
    support::TestHost host{rows};
    Metrics metrics{host};
    RecordingInbox inbox;
    RecordingWire wire;
    std::vector<std::unique_ptr<sdk::Reply>> replies;
    std::optional<Endpoint> endpoint_;

private:
    static constexpr ajour_setting_row rows[] = {sdk::end_of_settings};
};

}  // namespace ajour::coap
