// SPDX-License-Identifier: Apache-2.0
// Slow, endless, broken and many clients: all bounded.
#include "http_server.hpp"

#include <sys/resource.h>

namespace ajour::integration {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

milliseconds since(Clock::time_point start) {
    return std::chrono::duration_cast<milliseconds>(Clock::now() - start);
}

TEST(HttpBounds, a_request_may_come_byte_by_byte) {
    HttpServer server;
    auto client = server.connect();
    for (const char byte : status_request("fragmented")) {
        ASSERT_TRUE(client.send({&byte, 1}));
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    EXPECT_EQ(status_of(client.answer()), 200);
    EXPECT_EQ(server.inbox.messages().back().payload, "fragmented");
}

TEST(HttpBounds, many_requests_share_one_connection) {
    HttpServer server;
    auto client = server.connect();
    for (int i = 0; i < 100; ++i) {
        client.send(status_request(std::to_string(i)));
        ASSERT_EQ(status_of(client.answer()), 200) << i;
    }
    EXPECT_EQ(server.host.value("connections_accepted"), 1);
    EXPECT_EQ(server.inbox.messages().size(), 100U);
}

TEST(HttpBounds, pipelined_requests_are_answered_in_their_order) {
    HttpServer server(
        {}, [](const sdk::Message& message, sdk::Reply& reply) { reply.send(message.payload); });
    auto client = server.connect();
    std::string requests;
    for (int i = 0; i < 500; ++i) requests += status_request(std::to_string(i));
    client.send(requests);
    for (int i = 0; i < 500; ++i) ASSERT_EQ(body_of(client.answer()), std::to_string(i));
}

TEST(HttpBounds, a_slow_request_is_cut_off_however_steadily_it_comes) {
    HttpServer server(Settings{{"timeout.request", "500ms"}});
    auto client = server.connect();
    const auto start = Clock::now();
    while (since(start) < milliseconds(60'000) && client.send("x")) {
        if (client.is_closed(milliseconds(50))) break;
    }
    EXPECT_GE(since(start), milliseconds(500));
    EXPECT_LT(since(start), milliseconds(50'000));
    EXPECT_EQ(server.host.value("request_timeouts"), 1);
    EXPECT_TRUE(server.reaches("connections", 0));
}

TEST(HttpBounds, a_slow_request_is_told_so) {
    HttpServer server(Settings{{"timeout.request", "300ms"}});
    auto client = server.connect();
    client.send("POST /v1/dfu HTTP/1.1\r\nContent-Length: 5\r\n\r\nab");
    EXPECT_EQ(status_of(client.answer()), 408);
    EXPECT_TRUE(client.is_closed());
}

TEST(HttpBounds, an_idle_connection_is_closed) {
    HttpServer server(Settings{{"timeout.idle", "2s"}});
    auto fresh = server.connect();
    auto used = server.connect();
    used.send(status_request());
    EXPECT_EQ(status_of(used.answer()), 200);
    EXPECT_TRUE(fresh.is_closed());
    EXPECT_TRUE(used.is_closed());
    EXPECT_EQ(server.host.value("idle_timeouts"), 2);
}

TEST(HttpBounds, a_body_over_the_limit_is_refused_before_it_comes) {
    HttpServer server;
    EXPECT_EQ(status_of(server.ask(status_request(std::string(64 * 1024, 'x')))), 200);
    const auto answer = server.ask(status_request(std::string(64 * 1024 + 1, 'x')));
    EXPECT_EQ(status_of(answer), 413);
    EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos);
    EXPECT_EQ(server.host.value("bodies_too_large"), 1);
}

TEST(HttpBounds, a_body_that_never_ends_is_cut_off) {
    HttpServer server;
    auto client = server.connect();
    client.send("POST /v1/dfu HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "1000\r\n" + std::string(4096, 'x') + "\r\n";
    const auto start = Clock::now();
    while (since(start) < milliseconds(60'000) && client.send(chunk)) {
    }
    EXPECT_LT(since(start), milliseconds(50'000));
    EXPECT_EQ(status_of(client.answer()), 413);
    EXPECT_TRUE(server.reaches("connections", 0));
}

TEST(HttpBounds, a_flood_of_header_fields_is_refused) {
    HttpServer server;
    std::string flood = "POST /v1/dfu HTTP/1.1\r\n";
    while (flood.size() < 20000) flood += "X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n";
    EXPECT_EQ(status_of(server.ask(flood)), 431);
    EXPECT_EQ(status_of(server.ask("POST /" + std::string(20000, 'a'))), 414);
    EXPECT_EQ(server.host.value("headers_too_large"), 2);
}

TEST(HttpBounds, connection_close_and_http_1_0_are_honoured) {
    HttpServer server;
    auto closing = server.connect();
    closing.send(status_request("s", "", std::string(dev_app_pw) + "Connection: close\r\n"));
    EXPECT_NE(closing.answer().find("Connection: close\r\n"), std::string::npos);
    EXPECT_TRUE(closing.is_closed());
    auto old = server.connect();
    old.send("GET / HTTP/1.0\r\n\r\n");
    EXPECT_EQ(status_of(old.answer()), 200);
    EXPECT_TRUE(old.is_closed());
    auto old_but_kept = server.connect();
    for (int i = 0; i < 2; ++i) {
        old_but_kept.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        EXPECT_NE(old_but_kept.answer().find("Connection: keep-alive\r\n"), std::string::npos);
    }
}

TEST(HttpBounds, a_client_that_asks_first_is_told_to_go_on) {
    HttpServer server;
    auto client = server.connect();
    const auto fields = std::string(dev_app_pw) + "Expect: 100-continue\r\n";
    auto request = status_request("body", "", fields);
    client.send(request.substr(0, request.size() - 4));
    EXPECT_EQ(client.answer(), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("body");
    EXPECT_EQ(status_of(client.answer()), 200);
}

TEST(HttpBounds, connections_beyond_the_limit_are_closed) {
    HttpServer server(Settings{{"connections.max", "3"}});
    std::vector<LoopbackClient> open;
    for (int i = 0; i < 3; ++i) open.push_back(server.connect());
    ASSERT_TRUE(server.reaches("connections", 3));
    auto refused = server.connect();
    EXPECT_TRUE(refused.is_closed());
    EXPECT_EQ(server.host.value("connections_over_limit"), 1);
    open.pop_back();
    ASSERT_TRUE(server.reaches("connections", 2));
    EXPECT_EQ(status_of(server.ask(status_request())), 200);
}

TEST(HttpBounds, one_address_cannot_hold_all_connections) {
    HttpServer server(Settings{{"connections.max", "8"}});
    std::vector<LoopbackClient> open;
    for (int i = 0; i < 6; ++i) open.emplace_back(server.port(), "127.0.0.2");
    ASSERT_TRUE(server.reaches("connections", 6)) << "as long as there is room";
    EXPECT_TRUE(LoopbackClient(server.port(), "127.0.0.2").is_closed());
    EXPECT_EQ(server.host.value("connections_over_share"), 1);
    LoopbackClient other(server.port(), "127.0.0.3");
    other.send(status_request());
    EXPECT_EQ(status_of(other.answer()), 200);
    open.clear();
    ASSERT_TRUE(server.reaches("connections", 1));
    LoopbackClient again(server.port(), "127.0.0.2");
    again.send(status_request());
    EXPECT_EQ(status_of(again.answer()), 200);
}

TEST(HttpBounds, one_address_may_hold_all_connections_where_that_is_set) {
    HttpServer server(Settings{{"connections.max", "8"}, {"connections.share", "100"}});
    std::vector<LoopbackClient> open;
    for (int i = 0; i < 8; ++i) open.emplace_back(server.port(), "127.0.0.2");
    EXPECT_TRUE(server.reaches("connections", 8));
    EXPECT_EQ(server.host.value("connections_over_share"), 0);
}

TEST(HttpBounds, an_answer_that_nobody_takes_is_given_up) {
    const std::string large(1 << 20, 'x');
    HttpServer server(Settings{{"timeout.write", "300ms"}}, RecordingInbox::command(large));
    auto client = server.connect();
    for (int i = 0; i < 40; ++i) client.send(status_request());
    EXPECT_TRUE(server.reaches("write_timeouts", 1));
    EXPECT_TRUE(server.reaches("connections", 0));
}

TEST(HttpBounds, an_answer_that_is_taken_slowly_arrives_whole) {
    std::string large;
    for (int i = 0; large.size() < (1U << 20) * 3; ++i) large += std::to_string(i);
    HttpServer server({}, RecordingInbox::command(large));
    auto client = server.connect();
    client.send(status_request() + status_request());
    std::this_thread::sleep_for(milliseconds(200));
    EXPECT_TRUE(body_of(client.answer(milliseconds(20000))) == large);
    EXPECT_TRUE(body_of(client.answer(milliseconds(20000))) == large);
}

TEST(HttpBounds, thousands_of_idle_connections_stay_usable) {
    constexpr std::size_t count = 2500;
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_max < 2 * count + 200) GTEST_SKIP() << "the hard limit of open files is too low";
    limit.rlim_cur = std::max<rlim_t>(limit.rlim_cur, 2 * count + 200);
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &limit), 0);
    HttpServer server;
    std::vector<LoopbackClient> clients;
    for (std::size_t i = 0; i < count; ++i) clients.push_back(server.connect());
    ASSERT_TRUE(server.reaches("connections", count));
    for (int round = 0; round < 2; ++round) {
        for (auto& client : clients) client.send(status_request());
        for (auto& client : clients) ASSERT_EQ(status_of(client.answer()), 200);
    }
    clients.clear();
    EXPECT_TRUE(server.reaches("connections", 0));
}

TEST(HttpBounds, hostile_bytes_never_harm_the_next_client) {
    HttpServer server;
    std::uint32_t state = 1;
    const auto request = status_request();
    for (int i = 0; i < 300; ++i) {
        auto bytes = request;
        for (int flips = 0; flips < 3; ++flips) {
            state = state * 1664525U + 1013904223U;
            bytes[(state >> 8) % bytes.size()] = static_cast<char>(state >> 24);
        }
        auto client = server.connect();
        client.send(bytes);
        client.answer(milliseconds(2));
    }
    EXPECT_EQ(status_of(server.ask(request)), 200);
}

}  // namespace
}  // namespace ajour::integration
