// SPDX-License-Identifier: Apache-2.0
// Requests and answers that travel block by block.
#include "endpoint_fixture.hpp"

#include <algorithm>

namespace ajour::coap {
namespace {

using namespace std::chrono_literals;

struct EndpointBlocks : EndpointTest {
    static std::string text(std::size_t size) {
        std::string made(size, ' ');
        for (std::size_t i = 0; i < size; ++i) made[i] = static_cast<char>('a' + i % 26);
        return made;
    }
    CoapMessage block(std::uint16_t id, std::string payload, unsigned number, bool more,
                      unsigned size) {
        auto status = coap_status(id, std::move(payload));
        status.token = std::string(1, static_cast<char>(id));  // tokens say nothing about blocks
        return status.with(names::block1, coap_block(number, more, size));
    }
};

TEST_F(EndpointBlocks, puts_a_request_together) {
    const auto body = text(40);
    const auto first = ask(block(1, body.substr(0, 16), 0, true, 16));
    ASSERT_TRUE(first);
    EXPECT_EQ(first->code, 231U);
    EXPECT_EQ(first->option(names::block1), coap_block(0, true, 16));
    EXPECT_EQ(code_of(block(2, body.substr(16, 16), 1, true, 16)), 231U);
    const auto last = ask(block(3, body.substr(32), 2, false, 16));
    ASSERT_TRUE(last);
    EXPECT_EQ(last->code, 205U);
    EXPECT_EQ(last->option(names::block1), coap_block(2, false, 16));
    ASSERT_EQ(inbox.messages().size(), 1U);
    EXPECT_EQ(inbox.messages()[0].payload, body);
}

TEST_F(EndpointBlocks, answers_in_blocks_of_the_size_that_came) {
    inbox.answer_with(RecordingInbox::command(text(40)));
    const auto answer = ask(block(1, "body", 0, false, 32));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->option(names::block2), coap_block(0, true, 32));
    EXPECT_EQ(answer->payload, text(32));
}

TEST_F(EndpointBlocks, takes_a_single_block_for_what_it_is) {
    EXPECT_EQ(code_of(block(1, "body", 0, false, 64)), 205U);
    EXPECT_EQ(inbox.messages()[0].payload, "body");
}

TEST_F(EndpointBlocks, keeps_peers_and_requests_apart) {
    put(block(1, text(16), 0, true, 16), 1);
    put(block(1, text(16), 0, true, 16), 2);
    put(block(2, "one", 1, false, 16), 1);
    auto other = block(3, "two", 1, false, 16);
    other.with(names::uri_query, "as=other");
    wire.sent.clear();
    put(other, 2);
    EXPECT_EQ(answer()->code, 408U);
    put(block(2, "two", 1, false, 16), 2);
    ASSERT_EQ(inbox.messages().size(), 2U);
    EXPECT_EQ(inbox.messages()[0].payload, text(16) + "one");
    EXPECT_EQ(inbox.messages()[1].payload, text(16) + "two");
}

TEST_F(EndpointBlocks, refuses_blocks_that_do_not_follow) {
    EXPECT_EQ(code_of(block(1, text(16), 1, true, 16)), 408U);
    EXPECT_EQ(code_of(block(2, text(16), 0, true, 16)), 231U);
    EXPECT_EQ(code_of(block(3, text(16), 2, true, 16)), 408U);
    EXPECT_EQ(code_of(block(4, text(15), 1, true, 16)), 400U);
    EXPECT_EQ(code_of(block(5, text(17), 1, false, 16)), 400U);
    EXPECT_EQ(code_of(coap_status(6).with(names::block1, "\x07")), 402U);
    EXPECT_EQ(code_of(coap_status(7).with(names::block1, "1234")), 402U);
    EXPECT_TRUE(inbox.messages().empty());
}

TEST_F(EndpointBlocks, begins_anew_with_block_0) {
    put(block(1, text(16), 0, true, 16));
    put(block(2, std::string(16, 'x'), 0, true, 16));
    put(block(3, "end", 1, false, 16));
    ASSERT_EQ(inbox.messages().size(), 1U);
    EXPECT_EQ(inbox.messages()[0].payload, std::string(16, 'x') + "end");
}

TEST_F(EndpointBlocks, takes_no_body_beyond_the_bound) {
    limits.body_bytes = 64;
    std::uint16_t id = 0;
    for (unsigned i = 0; i < 4; ++i) EXPECT_EQ(code_of(block(++id, text(16), i, true, 16)), 231U);
    const auto refused = ask(block(++id, "x", 4, false, 16));
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->code, 413U);
    EXPECT_EQ(refused->number(names::size1), 64U);
    EXPECT_EQ(code_of(coap_status(++id, text(65))), 413U);
    auto announced = block(++id, text(16), 0, true, 16);
    EXPECT_EQ(code_of(announced.with(names::size1, coap_number(65))), 413U);
    EXPECT_EQ(host.value("bodies_too_large"), 3);
}

TEST_F(EndpointBlocks, bounds_how_many_bodies_are_under_way) {
    limits.transfers = 3;
    for (std::uint16_t port = 1; port <= 4; ++port) put(block(1, text(16), 0, true, 16), port);
    EXPECT_EQ(host.value("transfers_evicted"), 1);
    wire.sent.clear();
    put(block(2, "end", 1, false, 16), 1);
    EXPECT_EQ(answer()->code, 408U);
    put(block(2, "end", 1, false, 16), 4);
    EXPECT_EQ(answer()->code, 205U);
}

TEST_F(EndpointBlocks, forgets_a_body_that_rests_too_long) {
    put(block(1, text(16), 0, true, 16));
    wire.sent.clear();
    pass(limits.lifetime + 1ms);
    EXPECT_EQ(code_of(block(2, "end", 1, false, 16)), 408U);
}

TEST_F(EndpointBlocks, cuts_an_answer_to_the_size_that_the_peer_asks_for) {
    const auto command = text(100);
    inbox.answer_with(RecordingInbox::command(command));
    std::string received;
    std::string etag;
    for (unsigned number = 0; number < 4; ++number) {
        auto status = coap_status(static_cast<std::uint16_t>(number + 1), number == 0 ? "s" : "");
        status.token = std::string(number, 't');
        const auto answer = ask(status.with(names::block2, coap_block(number, false, 32)));
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->code, 205U);
        EXPECT_EQ(answer->option(names::block2), coap_block(number, number < 3, 32));
        EXPECT_EQ(answer->number(names::size2), 100U);
        EXPECT_EQ(answer->option(names::command), "dfu");
        if (number == 0) etag = answer->option(names::etag);
        EXPECT_EQ(answer->option(names::etag), etag);
        received += answer->payload;
    }
    EXPECT_EQ(received, command);
    EXPECT_EQ(inbox.messages().size(), 1U);
}

TEST_F(EndpointBlocks, cuts_nothing_that_fits_the_size_asked_for) {
    const auto answer = ask(coap_status(1).with(names::block2, coap_block(0, false, 16)));
    ASSERT_TRUE(answer);
    EXPECT_FALSE(answer->has(names::block2));
    EXPECT_EQ(answer->payload, "command");
}

TEST_F(EndpointBlocks, asks_the_host_for_a_command_of_the_size_that_the_peer_asks_for) {
    for (const auto& [size, room] : {std::pair{128U, 128U}, {256U, 256U}, {512U, 512U}}) {
        put(coap_status(static_cast<std::uint16_t>(size))
                .with(names::block2, coap_block(0, false, size)));
        EXPECT_EQ(inbox.messages().back().room, room);
    }
    put(coap_status(1).with(names::block2, coap_block(0, false, 64)));
    EXPECT_GT(inbox.messages().back().room, 1000U);
}

TEST_F(EndpointBlocks, cuts_an_answer_that_fits_no_datagram) {
    inbox.answer_with(RecordingInbox::command(text(2000)));
    const auto first = ask(coap_status(1));
    ASSERT_TRUE(first);
    EXPECT_EQ(first->payload, text(1024));
    EXPECT_EQ(first->option(names::block2), coap_block(0, true, 1024));
    const auto second = ask(coap_status(2).with(names::block2, coap_block(1, false, 1024)));
    ASSERT_TRUE(second);
    EXPECT_EQ(first->payload + second->payload, text(2000));
    EXPECT_EQ(second->option(names::block2), coap_block(1, false, 1024));
}

TEST_F(EndpointBlocks, gives_smaller_blocks_than_asked_for_where_the_datagram_is_small) {
    limits.datagram_bytes = 200;
    inbox.answer_with(RecordingInbox::command(text(300)));
    const auto first = ask(coap_status(1).with(names::block2, coap_block(0, false, 256)));
    ASSERT_TRUE(first);
    EXPECT_EQ(first->option(names::block2), coap_block(0, true, 128));
}

TEST_F(EndpointBlocks, does_not_know_blocks_of_what_it_has_not_answered) {
    EXPECT_EQ(code_of(coap_status(1).with(names::block2, coap_block(1, false, 32))), 408U);
    inbox.answer_with(RecordingInbox::command(text(100)));
    put(coap_status(2).with(names::block2, coap_block(0, false, 32)));
    wire.sent.clear();
    put(coap_status(3).with(names::block2, coap_block(1, false, 32)), 2);
    EXPECT_EQ(answer()->code, 408U);
    EXPECT_EQ(code_of(coap_status(4).with(names::block2, coap_block(4, false, 32))), 400U);
    EXPECT_EQ(code_of(coap_status(5).with(names::block2, coap_block(0xfffff, false, 1024))), 400U);
}

TEST_F(EndpointBlocks, lets_a_peer_choose_smaller_blocks_half_way) {
    const auto command = text(100);
    inbox.answer_with(RecordingInbox::command(command));
    put(coap_status(1).with(names::block2, coap_block(0, false, 64)));
    EXPECT_EQ(answer()->payload, command.substr(0, 64));
    const auto second = ask(coap_status(2).with(names::block2, coap_block(4, false, 16)));
    ASSERT_TRUE(second);
    EXPECT_EQ(second->payload, command.substr(64, 16));
}

TEST_F(EndpointBlocks, cuts_an_answer_that_comes_later) {
    answer_later();
    put(coap_status(1).with(names::block2, coap_block(0, false, 32)));
    pass(limits.acknowledge);
    EXPECT_TRUE(taken());
    reply(text(100));
    const auto first = answer();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->type, CoapMessage::Con);
    EXPECT_EQ(first->payload, text(32));
    EXPECT_EQ(ask(coap_status(2).with(names::block2, coap_block(1, false, 32)))->type,
              CoapMessage::Ack);
}

}  // namespace
}  // namespace ajour::coap
