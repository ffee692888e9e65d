// SPDX-License-Identifier: Apache-2.0
// Requests that the host answers later.
#include "endpoint_fixture.hpp"

namespace ajour::coap {
namespace {

using namespace std::chrono_literals;

struct EndpointLater : EndpointTest {
    void SetUp() override { answer_later(); }

    CoapMessage empty(CoapMessage::Type type, std::uint16_t id) {
        CoapMessage message;
        message.type = type;
        message.id = id;
        return message;
    }
    /// The answer that came in a message of its own.
    CoapMessage separate_answer() {
        put(coap_status(7));
        pass(limits.acknowledge);
        EXPECT_EQ(answer()->type, CoapMessage::Ack);
        reply("command");
        const auto separate = answer();
        EXPECT_TRUE(separate);
        return separate.value_or(CoapMessage());
    }
};

TEST_F(EndpointLater, answers_in_the_acknowledgement_when_it_is_soon) {
    put(coap_status(7));
    EXPECT_FALSE(taken());
    EXPECT_TRUE(endpoint().owes_answers());
    replies[0]->send(sdk::bytes_of("command"));
    EXPECT_EQ(wakes, 1);
    pass(0ms);
    const auto answered = answer();
    ASSERT_TRUE(answered);
    EXPECT_EQ(answered->type, CoapMessage::Ack);
    EXPECT_EQ(answered->id, 7);
    EXPECT_EQ(answered->payload, "command");
    EXPECT_FALSE(endpoint().owes_answers());
    EXPECT_EQ(host.value("exchanges"), 0);
}

TEST_F(EndpointLater, acknowledges_first_and_answers_in_a_message_of_its_own) {
    put(coap_status(7));
    pass(limits.acknowledge - 1ms);
    EXPECT_FALSE(taken());
    pass(1ms);
    EXPECT_EQ(taken(), std::string("\x60\x00\x00\x07", 4));
    reply("command");
    const auto separate = answer();
    ASSERT_TRUE(separate);
    EXPECT_EQ(separate->type, CoapMessage::Con);
    EXPECT_EQ(separate->code, 205U);
    EXPECT_EQ(separate->token, "tk");
    EXPECT_EQ(separate->payload, "command");
}

TEST_F(EndpointLater, sends_the_answer_again_until_it_is_acknowledged) {
    const auto separate = separate_answer();
    pass(limits.retransmit * 3 / 2);
    EXPECT_EQ(answer()->id, separate.id);
    put(empty(CoapMessage::Ack, separate.id));
    pass(300s);
    EXPECT_FALSE(taken());
    EXPECT_EQ(host.value("exchanges"), 0);
}

TEST_F(EndpointLater, sends_the_answer_no_more_once_it_is_reset) {
    const auto separate = separate_answer();
    put(empty(CoapMessage::Rst, separate.id));
    pass(300s);
    EXPECT_FALSE(taken());
}

TEST_F(EndpointLater, is_not_settled_by_another_peer_or_another_id) {
    const auto separate = separate_answer();
    put(empty(CoapMessage::Ack, static_cast<std::uint16_t>(separate.id + 1)));
    put(empty(CoapMessage::Ack, separate.id), 2);
    pass(limits.retransmit * 3 / 2);
    EXPECT_TRUE(taken());
}

TEST_F(EndpointLater, gives_up_after_four_retransmissions_ever_further_apart) {
    separate_answer();
    std::vector<std::chrono::milliseconds> times;
    const auto begin = now;
    while (host.value("exchanges") > 0) {
        pass(100ms);
        if (taken()) times.push_back(now - begin);
    }
    ASSERT_EQ(times.size(), 4U);
    EXPECT_GE(times[0], limits.retransmit);
    EXPECT_LE(times[0], limits.retransmit * 3 / 2 + 100ms);
    EXPECT_GE(times[3], limits.retransmit * 15);
    EXPECT_LE(times[3], limits.retransmit * 45 / 2 + 400ms);
    EXPECT_EQ(host.value("answers_given_up"), 1);
    EXPECT_EQ(host.value("retransmissions"), 4);
}

TEST_F(EndpointLater, hands_over_a_duplicate_no_second_time) {
    put(coap_status(7));
    put(coap_status(7));
    EXPECT_FALSE(taken());
    pass(limits.acknowledge);
    EXPECT_TRUE(taken());
    put(coap_status(7));
    EXPECT_EQ(taken(), std::string("\x60\x00\x00\x07", 4));
    reply("command");
    EXPECT_TRUE(taken());
    put(coap_status(7));
    EXPECT_EQ(taken(), std::string("\x60\x00\x00\x07", 4));
    EXPECT_EQ(inbox.messages().size(), 1U);
}

TEST_F(EndpointLater, answers_a_non_confirmable_status_without_acknowledgements) {
    auto status = coap_status(7);
    status.type = CoapMessage::Non;
    put(status);
    pass(limits.acknowledge);
    EXPECT_FALSE(taken());
    reply("command");
    EXPECT_EQ(answer()->type, CoapMessage::Non);
    pass(300s);
    EXPECT_FALSE(taken());
}

TEST_F(EndpointLater, says_when_the_time_is_up_that_the_device_gave) {
    auto status = coap_status(7);
    status.options.erase(names::uri_query);
    put(status.with(names::uri_query, "ct=3"));
    pass(1s);
    EXPECT_TRUE(taken());
    pass(2s);
    const auto answered = answer();
    ASSERT_TRUE(answered);
    EXPECT_EQ(answered->code, 503U);
    EXPECT_EQ(answered->number(names::max_age), 10U);
    reply("too late");
    EXPECT_FALSE(taken());
    EXPECT_EQ(host.value("answer_timeouts"), 1);
    EXPECT_EQ(host.value("late_answers"), 1);
}

TEST_F(EndpointLater, refuses_more_exchanges_than_it_may_have) {
    limits.exchanges = 2;
    put(coap_status(1));
    put(coap_status(2));
    EXPECT_EQ(code_of(coap_status(3)), 503U);
    EXPECT_EQ(host.value("exchanges_over_limit"), 1);
    reply("command");
    EXPECT_TRUE(taken());
    put(coap_status(4));
    EXPECT_FALSE(taken());
}

TEST_F(EndpointLater, bears_an_answer_that_comes_after_its_end) {
    put(coap_status(1));
    endpoint_.reset();
    replies[0]->send(sdk::bytes_of("command"));
    replies.clear();
    EXPECT_EQ(wakes, 0);
}

TEST_F(EndpointLater, answers_for_a_host_that_drops_a_status) {
    put(coap_status(1));
    replies.clear();
    pass(0ms);
    EXPECT_EQ(answer()->code, 500U);
    inbox.answer_with([](const sdk::Message&, sdk::Reply&) {});
    EXPECT_EQ(code_of(coap_status(2)), 500U);
}

}  // namespace
}  // namespace ajour::coap
