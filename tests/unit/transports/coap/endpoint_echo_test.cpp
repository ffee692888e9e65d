// SPDX-License-Identifier: Apache-2.0
// Nobody is sent more than three times what came in his name, until he proves his address.
#include "endpoint_fixture.hpp"

namespace ajour::coap {
namespace {

using namespace std::chrono_literals;

struct EndpointEcho : EndpointTest {
    void SetUp() override {
        secured = false;
        fill_the_room();
    }
    void fill_the_room() {
        inbox.answer_with([](const sdk::Message& message, sdk::Reply& reply) {
            reply.send(sdk::bytes_of(std::string(message.room, 'x')));
        });
    }
};

TEST_F(EndpointEcho, asks_the_host_for_less_and_offers_a_proof) {
    const auto status = encode(coap_status(1));
    put(status);
    const auto datagram = taken();
    ASSERT_TRUE(datagram);
    EXPECT_LE(datagram->size(), 3 * status.size());
    EXPECT_GT(datagram->size(), 3 * status.size() - 8);
    EXPECT_EQ(support::decode(*datagram)->option(names::echo).size(), 12U);
}

TEST_F(EndpointEcho, answers_in_full_who_sends_the_proof_back) {
    const auto echo = ask(coap_status(1))->option(names::echo);
    const auto proven = ask(coap_status(2).with(names::echo, echo));
    ASSERT_TRUE(proven);
    EXPECT_GT(proven->payload.size(), 1000U);
    EXPECT_FALSE(proven->has(names::echo));
    EXPECT_GT(ask(coap_status(3))->payload.size(), 1000U) << "it stays proven";
    EXPECT_LT(ask(coap_status(3), 2)->payload.size(), 1000U) << "for that peer only";
    now += limits.verified_for + 1ms;
    EXPECT_LT(ask(coap_status(4))->payload.size(), 1000U) << "for a while only";
}

TEST_F(EndpointEcho, is_not_fooled_by_the_proof_of_another) {
    const auto echo = ask(coap_status(1), 1)->option(names::echo);
    EXPECT_LT(ask(coap_status(2).with(names::echo, echo), 2)->payload.size(), 1000U);
    EXPECT_LT(ask(coap_status(3).with(names::echo, "guess"), 2)->payload.size(), 1000U);
}

TEST_F(EndpointEcho, demands_the_proof_where_an_answer_does_not_fit) {
    inbox.answer_with(RecordingInbox::command(std::string(900, 'x')));
    const auto challenge = ask(coap_status(1));
    ASSERT_TRUE(challenge);
    EXPECT_EQ(challenge->code, 401U);
    const auto proven = ask(coap_status(2).with(names::echo, challenge->option(names::echo)));
    ASSERT_TRUE(proven);
    EXPECT_EQ(proven->payload.size(), 900U);
    EXPECT_EQ(host.value("echo_challenges"), 1);
}

TEST_F(EndpointEcho, counts_retransmissions_too) {
    answer_later();
    const auto status = encode(coap_status(1));
    put(status);
    const auto room = inbox.messages()[0].room;
    pass(limits.acknowledge);
    reply(std::string(room, 'x'));
    pass(300s);
    EXPECT_LE(wire.bytes_to[1], 3 * status.size());
    EXPECT_GT(wire.bytes_to[1], 2 * status.size());
    EXPECT_FALSE(endpoint().owes_answers());
    EXPECT_EQ(host.value("exchanges"), 0);
}

TEST_F(EndpointEcho, gives_each_duplicate_no_more_than_its_share) {
    const auto status = encode(coap_status(1));
    for (int i = 0; i < 5; ++i) put(status);
    EXPECT_LE(wire.bytes_to[1], 5 * 3 * status.size());
    EXPECT_EQ(inbox.messages().size(), 1U);
}

TEST_F(EndpointEcho, shortens_refusals_to_the_smallest_request) {
    for (const auto* request : {"\x40\x01\x00\x01", "\x40\x02\x00\x02", "\x44\x03\x00\x03tokn",
                                "\x40\x02\x00\x04\x11x", "\x50\x02\x00\x05"}) {
        const std::string datagram(request, request[0] == '\x44'   ? 8
                                            : request[4] == '\x11' ? 6
                                                                   : 4);
        const auto before = wire.bytes_to[1];
        put(datagram);
        EXPECT_LE(wire.bytes_to[1] - before, 3 * datagram.size());
        EXPECT_TRUE(taken());
    }
}

TEST_F(EndpointEcho, can_be_switched_off) {
    limits.bounds_amplification = false;
    const auto answer = ask(coap_status(1));
    ASSERT_TRUE(answer);
    EXPECT_GT(answer->payload.size(), 1000U);
    EXPECT_FALSE(answer->has(names::echo));
}

}  // namespace
}  // namespace ajour::coap
