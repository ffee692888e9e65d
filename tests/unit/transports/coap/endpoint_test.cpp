// SPDX-License-Identifier: Apache-2.0
// Requests that the host answers at once.
#include "endpoint_fixture.hpp"

namespace ajour::coap {
namespace {

using namespace std::chrono_literals;

using sdk::Credential;
using sdk::ErrorKind;

TEST_F(EndpointTest, answers_a_status_in_its_acknowledgement) {
    const auto answer = ask(coap_status(7, "body"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->type, CoapMessage::Ack);
    EXPECT_EQ(answer->code, 205U);
    EXPECT_EQ(answer->id, 7);
    EXPECT_EQ(answer->token, "tk");
    EXPECT_EQ(answer->number(names::content_format), 60U);
    EXPECT_EQ(answer->option(names::command), "dfu");
    EXPECT_EQ(answer->payload, "command");
    EXPECT_EQ(answer->options.size(), 2U);
    ASSERT_EQ(inbox.messages().size(), 1U);
    const auto message = inbox.messages()[0];
    EXPECT_EQ(message.device, sdk::DeviceId("app", "dev"));
    EXPECT_EQ(message.kind, Credential::Kind::Password);
    EXPECT_EQ(message.secret, "pw");
    EXPECT_EQ(message.payload, "body");
    EXPECT_EQ(message.peer, "192.0.2.1");
}

TEST_F(EndpointTest, answers_a_non_confirmable_status_in_kind) {
    auto status = coap_status(7);
    status.type = CoapMessage::Non;
    const auto answer = ask(status);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->type, CoapMessage::Non);
    EXPECT_EQ(answer->token, "tk");
    EXPECT_EQ(answer->payload, "command");
}

TEST_F(EndpointTest, answers_a_duplicate_from_memory) {
    put(coap_status(7));
    const auto first = taken();
    inbox.answer_with(RecordingInbox::command("another"));
    put(coap_status(7));
    EXPECT_EQ(taken(), first);
    EXPECT_EQ(inbox.messages().size(), 1U);
    EXPECT_EQ(host.value("duplicates"), 1);
}

TEST_F(EndpointTest, ignores_the_duplicate_of_a_non_confirmable_status) {
    auto status = coap_status(7);
    status.type = CoapMessage::Non;
    put(status);
    EXPECT_TRUE(taken());
    put(status);
    EXPECT_FALSE(taken());
    EXPECT_EQ(inbox.messages().size(), 1U);
}

TEST_F(EndpointTest, takes_an_id_used_again_for_something_else_as_new) {
    put(coap_status(7, "one"));
    put(coap_status(7, "two"));
    put(coap_status(7, "two"), 2);
    EXPECT_EQ(inbox.messages().size(), 3U);
}

TEST_F(EndpointTest, takes_a_duplicate_as_new_after_the_lifetime_of_an_exchange) {
    put(coap_status(7));
    pass(limits.lifetime + 1ms);
    put(coap_status(7));
    EXPECT_EQ(inbox.messages().size(), 2U);
}

TEST_F(EndpointTest, counts_what_it_remembers) {
    put(coap_status(7));
    pass(1ms);
    EXPECT_GT(host.value("duplicates_bytes"), 60);
    endpoint_.reset();
    EXPECT_EQ(host.value("duplicates_bytes"), 0);
}

TEST_F(EndpointTest, resets_a_ping) {
    put(std::string("\x40\x00\x12\x34", 4));
    EXPECT_EQ(taken(), std::string("\x70\x00\x12\x34", 4));
    put(std::string("\x50\x00\x12\x34", 4));
    EXPECT_FALSE(taken());
    EXPECT_EQ(host.value("pings"), 2);
}

TEST_F(EndpointTest, resets_or_ignores_what_is_malformed) {
    put(std::string("\x40\x02\x12\x34\xff", 5));
    EXPECT_EQ(taken(), std::string("\x70\x00\x12\x34", 4));
    put(std::string("\x50\x02\x12\x34\xff", 5));
    put(std::string("\x60\x02\x12\x34\xff", 5));
    put(std::string("\x60\x45\x12\x34", 4));
    put(std::string("\x40\x02\x12", 3));
    put(std::string("\x80\x02\x12\x34", 4));
    put("");
    EXPECT_FALSE(taken());
    put(std::string("\x40\x45\x12\x34", 4));  // an answer, though nothing was asked
    EXPECT_EQ(taken(), std::string("\x70\x00\x12\x34", 4));
    EXPECT_TRUE(inbox.messages().empty());
}

TEST_F(EndpointTest, refuses_options_that_it_must_know_and_does_not) {
    for (const unsigned option : {1U, 5U, 9U, 19U, 31U, 65535U}) {
        EXPECT_EQ(code_of(coap_status(static_cast<std::uint16_t>(option)).with(option, "x")), 402U)
            << option;
    }
    EXPECT_EQ(code_of(coap_status(100).with(35, "coap://x")), 505U);
    EXPECT_TRUE(inbox.messages().empty());
    EXPECT_EQ(code_of(coap_status(101).with(6, "").with(65534, "x").with(3, "host").with(7, "x")),
              205U);
}

TEST_F(EndpointTest, ignores_a_non_confirmable_request_with_an_option_that_it_must_know) {
    auto status = coap_status(1);
    status.type = CoapMessage::Non;
    put(status.with(65535, "x"));
    EXPECT_FALSE(taken());
    EXPECT_TRUE(inbox.messages().empty());
}

TEST_F(EndpointTest, refuses_what_is_no_status) {
    auto get = coap_status(1);
    get.code = 1;
    EXPECT_EQ(code_of(get), 405U);
    auto elsewhere = coap_status(2);
    elsewhere.options.erase(names::uri_path);
    EXPECT_EQ(code_of(elsewhere), 405U);
    EXPECT_EQ(code_of(elsewhere.with(names::uri_path, "v1")), 404U) << "same id, another datagram";
    EXPECT_EQ(code_of(elsewhere.with(names::uri_path, "telemetry")), 404U);
    EXPECT_EQ(code_of(coap_status(3).with(names::uri_query, "ct=soon")), 400U);
    EXPECT_EQ(code_of(coap_status(4).with(names::accept, "\x32")), 406U);
    EXPECT_EQ(code_of(coap_status(5).with(names::accept, "\x3c")), 205U);
    EXPECT_EQ(inbox.messages().size(), 1U);
}

TEST_F(EndpointTest, says_that_it_is_alive) {
    CoapMessage get;
    get.code = 1;
    EXPECT_EQ(code_of(get), 205U);
}

TEST_F(EndpointTest, takes_cbor_and_json_and_what_says_nothing) {
    std::uint16_t id = 0;
    for (const auto& [format, code] :
         {std::pair{"\x3c", 205U}, {"\x32", 205U}, {"\x2a", 205U}, {"", 415U}, {"\x29", 415U}}) {
        auto status = coap_status(++id);
        status.options.erase(names::content_format);
        EXPECT_EQ(code_of(status.with(names::content_format, format)), code) << id;
    }
    auto status = coap_status(++id);
    status.options.erase(names::content_format);
    EXPECT_EQ(code_of(status), 205U);
}

TEST_F(EndpointTest, reads_queries_in_one_option_and_in_many) {
    auto split = coap_status(1);
    split.with(names::uri_query, "as=sen%73or").with(names::uri_query, "x=y");
    EXPECT_EQ(code_of(split), 205U);
    auto joined = coap_status(2);
    joined.options.erase(names::uri_query);
    EXPECT_EQ(code_of(joined.with(names::uri_query, "ct=30&as=sensor")), 205U);
    for (const auto& message : inbox.messages()) {
        EXPECT_EQ(message.device, sdk::DeviceId("app", "sensor"));
        EXPECT_EQ(message.sender, sdk::DeviceId("app", "dev"));
    }
}

TEST_F(EndpointTest, refuses_who_shows_no_credential) {
    std::uint16_t id = 0;
    for (const auto* shown : {"", "Bearer x", "Basic !", "Basic ZGV2OnB3"}) {
        auto status = coap_status(++id);
        status.options.erase(names::authorization);
        EXPECT_EQ(code_of(status.with(names::authorization, shown)), 403U) << shown;
    }
    auto status = coap_status(++id);
    status.options.erase(names::authorization);
    EXPECT_EQ(code_of(status), 403U);
    EXPECT_EQ(code_of(coap_status(++id).with(names::authorization, "Basic ZGV2QGFwcDpwdw==")),
              402U);
    EXPECT_TRUE(inbox.messages().empty());
}

TEST_F(EndpointTest, believes_everyone_when_told_to) {
    limits.authenticates = false;
    auto status = coap_status(1);
    status.options.erase(names::authorization);
    EXPECT_EQ(code_of(status), 403U);
    status.id = 2;
    EXPECT_EQ(code_of(status.with(names::uri_query, "application=a&device=d")), 205U);
    EXPECT_EQ(inbox.messages()[0].device, sdk::DeviceId("a", "d"));
    EXPECT_EQ(inbox.messages()[0].kind, Credential::Kind::Trusted);
}

TEST_F(EndpointTest, turns_the_hosts_refusals_into_codes) {
    const std::pair<ErrorKind, unsigned> codes[] = {
        {ErrorKind::Refused, 403},   {ErrorKind::NotFound, 403}, {ErrorKind::Malformed, 400},
        {ErrorKind::Throttled, 429}, {ErrorKind::Full, 503},     {ErrorKind::Internal, 500}};
    std::uint16_t id = 0;
    for (const auto& [kind, code] : codes) {
        inbox.answer_with(RecordingInbox::refusal(kind));
        const auto answer = ask(coap_status(++id));
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->code, code);
        EXPECT_FALSE(answer->has(names::command));
        EXPECT_EQ(answer->has(names::max_age), code == 429 || code == 503);
    }
    auto json = coap_status(++id);
    json.options.erase(names::content_format);
    inbox.answer_with(RecordingInbox::refusal(ErrorKind::Malformed));
    EXPECT_EQ(code_of(json.with(names::content_format, "\x32")), 406U);
}

TEST_F(EndpointTest, answers_a_datagram_that_was_cut_with_the_size_it_takes) {
    auto bytes = encode(coap_status(1));
    Datagram datagram;
    datagram.peer = peer(1);
    datagram.bytes = {reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()};
    datagram.is_whole = false;
    datagram.is_secured = true;
    endpoint().receive(datagram, now);
    const auto answer = this->answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->code, 413U);
    EXPECT_EQ(answer->number(names::size1), limits.body_bytes);
}

TEST_F(EndpointTest, tells_the_host_how_much_fits_one_datagram) {
    inbox.answer_with([](const sdk::Message& message, sdk::Reply& reply) {
        reply.send(sdk::bytes_of(std::string(message.room, 'x')));
    });
    put(coap_status(1));
    const auto datagram = taken();
    ASSERT_TRUE(datagram);
    EXPECT_EQ(datagram->size(), limits.datagram_bytes);
    EXPECT_FALSE(support::decode(*datagram)->has(names::block2));
}

TEST_F(EndpointTest, lets_a_session_speak_for_its_device) {
    const SessionIdentity session{{"app", "psk"}, Credential::Kind::PreSharedKey};
    auto status = coap_status(1);
    status.options.erase(names::authorization);
    status.with(names::uri_query, "as=child");
    auto bytes = encode(status);
    endpoint().receive({peer(1),
                        {reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()},
                        true,
                        &session,
                        true},
                       now);
    ASSERT_EQ(inbox.messages().size(), 1U);
    EXPECT_EQ(inbox.messages()[0].sender, sdk::DeviceId("app", "psk"));
    EXPECT_EQ(inbox.messages()[0].device, sdk::DeviceId("app", "child"));
    EXPECT_EQ(inbox.messages()[0].kind, Credential::Kind::PreSharedKey);
    bytes = encode(coap_status(2));
    endpoint().receive({peer(1),
                        {reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()},
                        true,
                        &session,
                        true},
                       now);
    EXPECT_EQ(inbox.messages().size(), 1U) << "a session and a password together";
}

}  // namespace
}  // namespace ajour::coap
