// SPDX-License-Identifier: Apache-2.0
// What a device does about datagrams and time, played without a socket and a clock.
#include <coap_exchange.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

namespace ajour::test {

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint64_t seed = 0x0102030405060708;

class CoapExchange : public testing::Test {
protected:
    CoapExchange() {
        ajour_coap_exchange_open(&exchange, &target, seed);
        begin();
    }
    ~CoapExchange() override { ajour_coap_exchange_close(&exchange); }

    void begin() {
        const std::uint8_t status[] = {0xa0};
        ajour_coap_begin(&exchange, status, sizeof status, now);
    }

    Bytes request() const {
        Bytes bytes(2048);
        bytes.resize(ajour_coap_request(&exchange, bytes.data(), bytes.size()));
        return bytes;
    }

    /// The request's header, as its receiver sees it.
    ajour_coap_header asked() const {
        ajour_coap_reader reader;
        ajour_coap_header header;
        const auto bytes = request();
        EXPECT_EQ(ajour_coap_read_header(&reader, &header, bytes.data(), bytes.size()), 0);
        return header;
    }

    /// The value of an option of the request; "-" if it has none.
    std::string option(std::uint32_t number) const {
        ajour_coap_reader reader;
        ajour_coap_header header;
        ajour_coap_option found;
        const auto bytes = request();
        EXPECT_EQ(ajour_coap_read_header(&reader, &header, bytes.data(), bytes.size()), 0);
        while (ajour_coap_read_option(&reader, &found) == 1)
            if (found.number == number) return {found.value, found.value + found.length};
        return "-";
    }

    struct Answer {
        std::uint8_t type = AJOUR_COAP_ACKNOWLEDGEMENT;
        std::uint8_t code = AJOUR_COAP_CONTENT;
        std::string payload{};
        std::string echo{};
        int block = -1;
        bool of_another = false;
        std::uint16_t id = 777;  // of a message of its own
    };

    Bytes bytes_of(const Answer& answer) const {
        auto header = asked();
        header.type = answer.type;
        header.code = answer.code;
        if (answer.of_another) header.token[0] ^= 0x80;
        if (answer.type != AJOUR_COAP_ACKNOWLEDGEMENT && answer.type != AJOUR_COAP_RESET)
            header.id = answer.id;
        if (answer.code == AJOUR_COAP_EMPTY) header.token_length = 0;
        Bytes bytes(2048);
        auto writer = ajour_coap_write_header(bytes.data(), bytes.size(), &header);
        if (answer.block >= 0)
            ajour_coap_write_number(&writer, AJOUR_COAP_BLOCK2,
                                    static_cast<std::uint32_t>(answer.block));
        if (!answer.echo.empty())
            ajour_coap_write_option(&writer, AJOUR_COAP_ECHO, answer.echo.data(),
                                    answer.echo.size());
        ajour_coap_write_payload(&writer, answer.payload.data(), answer.payload.size());
        bytes.resize(writer.length);
        return bytes;
    }

    /// What the device does about it: nothing, send, command TEXT or problem TEXT, and its reply.
    std::string receive_bytes(const Bytes& bytes) {
        const auto reaction = ajour_coap_receive(&exchange, bytes.data(), bytes.size(), now);
        std::string text = text_of(reaction);
        if (reaction.reply_length == 0) return text;
        EXPECT_EQ(reaction.reply_length, 4U);
        return text + (reaction.reply[0] == 0x60 ? ", acknowledged" : ", reset");
    }
    std::string receive(const Answer& answer) { return receive_bytes(bytes_of(answer)); }

    std::string wait_until_due() {
        now = exchange.due;
        return text_of(ajour_coap_expire(&exchange, now));
    }

    static std::string text_of(const ajour_coap_reaction& reaction) {
        switch (reaction.action) {
            case AJOUR_COAP_SEND:
                return "send";
            case AJOUR_COAP_COMMAND:
                return "command " +
                       std::string(reaction.command, reaction.command + reaction.command_length);
            case AJOUR_COAP_PROBLEM:
                return "problem";
            default:
                return "nothing";
        }
    }

    ajour_coap_target target{"host", "Basic abc", 30, 64, 4};
    ajour_coap_exchange exchange{};
    std::int64_t now = 1000;
};

TEST_F(CoapExchange, asks_as_drogue_s_endpoint_wants_it) {
    EXPECT_EQ(asked().type, AJOUR_COAP_CONFIRMABLE);
    EXPECT_EQ(asked().code, AJOUR_COAP_POST);
    EXPECT_EQ(option(AJOUR_COAP_URI_HOST), "host");
    EXPECT_EQ(option(AJOUR_COAP_URI_PATH), "v1");
    EXPECT_EQ(option(AJOUR_COAP_URI_QUERY), "ct=30");
    EXPECT_EQ(option(AJOUR_COAP_CONTENT_FORMAT), "\x3c");
    EXPECT_EQ(option(AJOUR_COAP_AUTHORIZATION), "Basic abc");
    EXPECT_EQ(request().back(), 0xa0);
}

TEST_F(CoapExchange, takes_an_answer_in_the_acknowledgement) {
    EXPECT_EQ(receive({.payload = "write"}), "command write");
    EXPECT_FALSE(ajour_coap_is_waiting(&exchange));
    EXPECT_EQ(receive({.payload = "write"}), "nothing") << "a duplicate";
}

TEST_F(CoapExchange, takes_a_separate_answer_and_acknowledges_it_each_time_it_comes) {
    EXPECT_EQ(receive({.code = AJOUR_COAP_EMPTY}), "nothing");
    EXPECT_GE(exchange.due, now + 30000) << "no retransmission any more";
    const auto answer = bytes_of({.type = AJOUR_COAP_CONFIRMABLE, .payload = "sync"});
    EXPECT_EQ(receive_bytes(answer), "command sync, acknowledged");
    EXPECT_EQ(receive_bytes(answer), "nothing, acknowledged");
    begin();
    EXPECT_EQ(receive_bytes(answer), "nothing, acknowledged")
        << "our acknowledgement was lost again";
    EXPECT_TRUE(ajour_coap_is_waiting(&exchange));
}

TEST_F(CoapExchange, takes_a_separate_answer_that_overtakes_the_acknowledgement) {
    EXPECT_EQ(receive({.type = AJOUR_COAP_NON_CONFIRMABLE, .payload = "sync"}), "command sync");
}

TEST_F(CoapExchange, resets_a_confirmable_message_that_is_none_of_its_own) {
    EXPECT_EQ(receive({.type = AJOUR_COAP_CONFIRMABLE, .payload = "x", .of_another = true}),
              "nothing, reset");
    EXPECT_EQ(receive({.type = AJOUR_COAP_NON_CONFIRMABLE, .payload = "x", .of_another = true}),
              "nothing");
    EXPECT_EQ(receive({.payload = "x", .of_another = true}), "nothing");
    EXPECT_EQ(receive({.type = AJOUR_COAP_CONFIRMABLE, .code = AJOUR_COAP_EMPTY}), "nothing, reset")
        << "a ping";
    EXPECT_TRUE(ajour_coap_is_waiting(&exchange));
}

TEST_F(CoapExchange, sends_again_after_growing_pauses_and_then_gives_up) {
    const auto first = request();
    std::int64_t pause = 0;
    for (int i = 0; i < 4; ++i) {
        const auto next = exchange.due - now;
        EXPECT_GE(next, i == 0 ? 2000 : 2 * pause);
        EXPECT_LE(next, 3000 << i);
        pause = next;
        EXPECT_EQ(wait_until_due(), "send");
        EXPECT_EQ(request(), first) << "the same message id and token";
    }
    EXPECT_EQ(wait_until_due(), "problem");
    EXPECT_EQ(wait_until_due(), "nothing");
}

TEST_F(CoapExchange, gives_up_when_the_separate_answer_does_not_come) {
    receive({.code = AJOUR_COAP_EMPTY});
    EXPECT_EQ(wait_until_due(), "problem");
}

TEST_F(CoapExchange, repeats_a_request_with_the_proof_that_the_server_demands) {
    const auto first = asked();
    EXPECT_EQ(receive({.code = AJOUR_COAP_UNAUTHORIZED, .echo = "proof"}), "send");
    EXPECT_EQ(option(AJOUR_COAP_ECHO), "proof");
    EXPECT_NE(asked().id, first.id);
    EXPECT_NE(std::memcmp(asked().token, first.token, 8), 0);
    EXPECT_EQ(receive({.payload = "sync", .echo = "newer"}), "command sync");
    begin();
    EXPECT_EQ(option(AJOUR_COAP_ECHO), "newer");
}

TEST_F(CoapExchange, does_not_prove_itself_for_ever) {
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(receive({.code = AJOUR_COAP_UNAUTHORIZED, .echo = "proof"}), "send");
    EXPECT_EQ(receive({.code = AJOUR_COAP_UNAUTHORIZED, .echo = "proof"}), "problem");
    begin();
    EXPECT_EQ(receive({.code = AJOUR_COAP_UNAUTHORIZED, .echo = std::string(41, 'e')}), "problem");
}

TEST_F(CoapExchange, fails_on_errors_and_on_answers_without_a_command) {
    for (const std::uint8_t code : Bytes{0x81, 0x83, 0x80, 0xa3, 0x44, 0x45}) {
        begin();
        EXPECT_EQ(receive({.code = code}), "problem") << int{code};
    }
    begin();
    EXPECT_EQ(receive({.payload = std::string(65, 'x')}), "problem") << "longer than any command";
    begin();
    EXPECT_EQ(receive({.type = AJOUR_COAP_RESET, .code = AJOUR_COAP_EMPTY}), "problem");
}

TEST_F(CoapExchange, puts_an_answer_in_blocks_together) {
    EXPECT_EQ(receive({.payload = std::string(16, 'a'), .block = 0x08}), "send");
    EXPECT_EQ(option(AJOUR_COAP_BLOCK2), "\x10");
    EXPECT_EQ(option(AJOUR_COAP_CONTENT_FORMAT), "-");
    EXPECT_EQ(option(AJOUR_COAP_AUTHORIZATION), "Basic abc");
    EXPECT_EQ(receive({.payload = std::string(16, 'b'), .block = 0x18}), "send");
    EXPECT_EQ(receive({.payload = "c", .block = 0x20}),
              "command " + std::string(16, 'a') + std::string(16, 'b') + "c");
    ajour_coap_end(&exchange);
    begin();
    EXPECT_EQ(option(AJOUR_COAP_BLOCK2), "-");
}

TEST_F(CoapExchange, gives_up_when_blocks_do_not_fit_together) {
    const std::string block(16, 'a');
    EXPECT_EQ(receive({.payload = block, .block = 0x18}), "problem") << "the second one first";
    begin();
    EXPECT_EQ(receive({.payload = "short", .block = 0x08}), "problem");
    begin();
    EXPECT_EQ(receive({.payload = block, .block = 0x0f}), "problem") << "a reserved size";
    begin();
    for (int number = 0; number < 4; ++number)
        EXPECT_EQ(receive({.payload = block, .block = number << 4 | 8}), "send");
    EXPECT_EQ(receive({.payload = block, .block = 0x40}), "problem") << "longer than any command";
}

TEST_F(CoapExchange, ignores_answers_with_a_critical_option_that_it_does_not_know) {
    auto bytes = bytes_of({});
    bytes.push_back(0x90);  // option 9
    EXPECT_EQ(receive_bytes(bytes), "nothing");
    auto separate = bytes_of({.type = AJOUR_COAP_CONFIRMABLE});
    separate.push_back(0x90);
    EXPECT_EQ(receive_bytes(separate), "nothing, reset");
    bytes.back() = 0xa0;  // option 10
    bytes.insert(bytes.end(), {0xff, 'x'});
    EXPECT_EQ(receive_bytes(bytes), "command x");
}

}  // namespace

}  // namespace ajour::test
