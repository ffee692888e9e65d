// SPDX-License-Identifier: Apache-2.0
// The client of HTTP servers against one that does what it should not.
#include "http_client.hpp"

#include <ajour/sdk/testing/memory_sink.hpp>

#include "support/await.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

namespace ajour::integration {
namespace {

using sdk::contract::MemorySink;
using testing::HasSubstr;
using testing::Not;

TEST(HttpClient, sends_a_request_and_gives_the_whole_answer) {
    ScriptedHttpServer server([](HttpTurn& turn) {
        turn.answer(418, "tea", {{"X-Pot", "1"}, {"x-pot", "2"}});
    });
    Client client(plain());
    auto request = get(server.url("/a/b?c=d"));
    request.headers = {{"Accept", "application/json"}};
    request.authorization = "Basic c2VjcmV0";
    const auto response = client.send(request);
    ASSERT_TRUE(response.ok()) << response.error().text;
    EXPECT_EQ(response->status, 418);
    EXPECT_EQ(response->body, "tea");
    EXPECT_EQ(response->url, server.url("/a/b"));
    EXPECT_EQ(response->all("x-pot").size(), 2U);
    const auto seen = server.requests().at(0);
    EXPECT_EQ(seen.method + " " + seen.target, "GET /a/b?c=d");
    EXPECT_EQ(seen.header("accept"), "application/json");
    EXPECT_EQ(seen.header("authorization"), "Basic c2VjcmV0");
    EXPECT_EQ(seen.header("accept-encoding"), "identity");
    EXPECT_EQ(seen.header("user-agent"), "ajour");
    EXPECT_EQ(seen.header("range"), "");
}

TEST(HttpClient, sends_bodies_with_each_method_that_has_one) {
    ScriptedHttpServer server([](HttpTurn& turn) { turn.answer(200, turn.request.body); });
    Client client(plain());
    for (const auto* method : {"POST", "PUT", "PATCH"}) {
        auto request = get(server.url("/"));
        request.method = method;
        request.body = std::string(5000, 'b') + std::string(1, '\0');
        request.headers = {{"Content-Type", "application/json"}};
        const auto response = client.send(request);
        ASSERT_TRUE(response.ok()) << response.error().text;
        EXPECT_EQ(response->body, request.body);
        const auto seen = server.requests().back();
        EXPECT_EQ(seen.method, method);
        EXPECT_EQ(seen.header("content-type"), "application/json");
        EXPECT_EQ(seen.header("expect"), "");
    }
    auto request = get(server.url("/"));
    request.method = "PUT";
    EXPECT_EQ(client.send(request)->body, "");
    EXPECT_EQ(server.requests().back().header("content-length"), "0");
    EXPECT_EQ(server.requests().back().header("content-type"), "");
    request.method = "DELETE";
    EXPECT_EQ(client.send(request)->status, 200);
    EXPECT_EQ(server.requests().back().method, "DELETE");
}

TEST(HttpClient, takes_a_head_without_waiting_for_a_body) {
    ScriptedHttpServer server([](HttpTurn& turn) {
        turn.begin(200, {{"Content-Length", "1000"}, {"ETag", "x"}});
    });
    Client client(plain());
    auto request = get(server.url("/"));
    request.method = "HEAD";
    for (int i = 0; i < 2; ++i) {
        const auto response = client.send(request);
        ASSERT_TRUE(response.ok()) << response.error().text;
        EXPECT_EQ(*response->header("etag"), "x");
    }
    EXPECT_EQ(server.connections(), 1U);
}

TEST(HttpClient, keeps_a_connection_for_the_next_request) {
    ScriptedHttpServer server([](HttpTurn& turn) { turn.answer(200, "x"); });
    Client client(plain());
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(client.send(get(server.url("/"))).ok());
    EXPECT_EQ(server.count(), 20U);
    EXPECT_EQ(server.connections(), 1U);
}

TEST(HttpClient, asks_again_by_itself_when_a_kept_connection_was_closed_meanwhile) {
    ScriptedHttpServer server([](HttpTurn& turn) {
        turn.answer(200, "x");
        turn.cut();
    });
    Client client(plain());
    for (int i = 0; i < 5; ++i) {
        const auto response = client.send(get(server.url("/")));
        EXPECT_TRUE(response.ok()) << response.error().text;
    }
}

TEST(HttpClient, is_for_many_threads_and_keeps_few_connections) {
    ScriptedHttpServer server([](HttpTurn& turn) { serve_image(turn); });
    auto options = plain();
    options.idle_connections_max = 2;
    Client client(options);
    const auto work = [&] {
        for (int i = 0; i < 10; ++i) {
            MemorySink sink;
            const auto response = client.download(get(server.url("/")), sink);
            EXPECT_TRUE(response.ok() && sink.bytes().size() == image.size());
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) threads.emplace_back(work);
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(server.count(), 80U);
}

// Redirects

TEST(HttpClient, follows_redirects_of_all_kinds_and_says_where_it_came_to) {
    ScriptedHttpServer server([](HttpTurn& turn) {
        const auto path = turn.request.path();
        if (path == "/end") return turn.answer(200, "end");
        turn.answer(std::stoi(path.substr(1)), "moved", {{"Location", "end?token=secret"}});
    });
    Client client(plain());
    for (const auto* status : {"301", "302", "303", "307", "308"}) {
        const auto response = client.send(get(server.url(std::string("/") + status)));
        ASSERT_TRUE(response.ok()) << response.error().text;
        EXPECT_EQ(response->body, "end");
        EXPECT_EQ(response->url, server.url("/end"));
    }
    EXPECT_EQ(server.connections(), 1U);
}

TEST(HttpClient, gives_a_redirect_of_a_post_or_without_a_location_as_it_is) {
    ScriptedHttpServer server([](HttpTurn& turn) {
        if (turn.request.method == "GET") return turn.answer(302);
        turn.answer(302, {}, {{"Location", "/elsewhere"}});
    });
    Client client(plain());
    EXPECT_EQ(client.send(get(server.url("/")))->status, 302);
    auto post = get(server.url("/"));
    post.method = "POST";
    EXPECT_EQ(client.send(post)->status, 302);
    EXPECT_EQ(server.count("/elsewhere"), 0U);
}

TEST(HttpClient, ends_a_loop_of_redirects) {
    ScriptedHttpServer server([](HttpTurn& turn) {
        turn.answer(302, {}, {{"Location", turn.request.target}});
    });
    Client client(plain());
    MemorySink sink;
    EXPECT_EQ(kind_of(client.send(get(server.url("/")))), ErrorKind::Refused);
    EXPECT_EQ(kind_of(client.download(get(server.url("/")), sink)), ErrorKind::Refused);
    EXPECT_EQ(server.count(), 12U);
}

TEST(HttpClient, never_shows_credentials_to_another_origin_nor_after_it) {
    std::string first;
    ScriptedHttpServer other([&](HttpTurn& turn) {
        turn.answer(302, {}, {{"Location", first + "/back"}});
    });
    ScriptedHttpServer server([&](HttpTurn& turn) {
        if (turn.request.path() == "/here") return turn.answer(302, {}, {{"Location", "/there"}});
        if (turn.request.path() == "/there") {
            return turn.answer(307, {}, {{"Location", other.url("/away")}});
        }
        turn.answer(200);
    });
    first = server.origin();
    Client client(plain());
    auto request = get(server.url("/here"));
    request.authorization = "Bearer secret";
    ASSERT_TRUE(client.send(request).ok());
    const auto seen = server.requests();
    EXPECT_EQ(seen.at(0).header("authorization"), "Bearer secret");
    EXPECT_EQ(seen.at(1).header("authorization"), "Bearer secret");
    EXPECT_EQ(seen.at(2).path(), "/back");
    EXPECT_EQ(seen.at(2).header("authorization"), "");
    EXPECT_EQ(other.requests().at(0).header("authorization"), "");
}

TEST(HttpClient, speaks_plain_http_only_when_allowed) {
    ScriptedHttpServer server([](HttpTurn& turn) { turn.answer(200); });
    Client client(Options{});
    EXPECT_EQ(kind_of(client.send(get(server.url("/")))), ErrorKind::Refused);
    EXPECT_EQ(server.connections(), 0U);
}

// Bounds

TEST(HttpClient, ends_an_endless_body) {
    ScriptedHttpServer server([](HttpTurn& turn) {
        turn.begin(200);
        turn.repeat(std::string(10'000, 'x'));
    });
    auto options = plain();
    options.body_max = 50'000;
    Client client(options);
    EXPECT_EQ(kind_of(client.send(get(server.url("/")))), ErrorKind::Full);
}

TEST(HttpClient, ends_endless_headers_and_interim_answers) {
    ScriptedHttpServer server([](HttpTurn& turn) {
        turn.write("HTTP/1.1 200 OK\r\n");
        turn.repeat(turn.request.path() == "/headers" ? "X-Y: z\r\n"
                                                      : "\r\nHTTP/1.1 100 Continue\r\n");
    });
    Client client(plain());
    EXPECT_EQ(kind_of(client.send(get(server.url("/headers")))), ErrorKind::Full);
}

TEST(HttpClient, ends_endless_interim_answers) {
    ScriptedHttpServer server(
        [](HttpTurn& turn) { turn.repeat("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"); });
    Client client(plain());
    EXPECT_EQ(kind_of(client.send(get(server.url("/")))), ErrorKind::Full);
}

TEST(HttpClient, ends_an_endless_header_line) {
    ScriptedHttpServer server([](HttpTurn& turn) {
        turn.write("HTTP/1.1 200 OK\r\nX: ");
        turn.repeat(std::string(10'000, 'x'));
    });
    Client client(plain());
    EXPECT_FALSE(client.send(get(server.url("/"))).ok());
}

TEST(HttpClient, takes_garbage_for_malformed) {
    for (const std::string garbage :
         {"SSH-2.0-OpenSSH_9.2\r\n\r\n", "<html>no</html>\r\n", "HTTP/1.1 999 x\r\n\r\n",
          "HTTP/1.1 200 OK\r\nbad name: x\r\nContent-Length: 0\r\n\r\n"}) {
        ScriptedHttpServer server([&](HttpTurn& turn) {
            turn.write(garbage);
            turn.cut();
        });
        Client client(plain());
        const auto response = client.send(get(server.url("/")));
        EXPECT_EQ(kind_of(response), ErrorKind::Malformed) << response.error().text;
    }
}

TEST(HttpClient, waits_no_longer_than_its_timeout_for_a_whole_answer) {
    ScriptedHttpServer server([](HttpTurn& turn) {
        if (turn.request.path() == "/silent") return turn.stall();
        turn.begin(200, {{"Content-Length", "100000"}});
        turn.drip(std::string(1000, 'x'), milliseconds(20));
    });
    auto options = plain();
    options.timeout = milliseconds(300);
    Client client(options);
    for (const auto* path : {"/silent", "/drip"}) {
        const auto start = steady_clock::now();
        const auto response = client.send(get(server.url(path)));
        EXPECT_EQ(kind_of(response), ErrorKind::Timeout);
        EXPECT_LT(steady_clock::now() - start, seconds(15));
    }
}

TEST(HttpClient, finds_nobody_unavailable) {
    std::string url;
    {
        ScriptedHttpServer server([](HttpTurn& turn) { turn.answer(200); });
        url = server.url("/path?secret");
    }
    Client client(plain());
    const auto response = client.send(get(url));
    EXPECT_EQ(kind_of(response), ErrorKind::Unavailable);
    EXPECT_THAT(response.error().text, HasSubstr("GET http://127.0.0.1:"));
    EXPECT_THAT(response.error().text, HasSubstr("/path: "));
    EXPECT_THAT(response.error().text, Not(HasSubstr("secret")));
}

// Stopping

TEST(HttpClient, ends_what_is_under_way_when_stopped_and_refuses_more) {
    ScriptedHttpServer server([](HttpTurn& turn) { turn.stall(); });
    Client client(plain());
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] {
            MemorySink sink;
            const auto url = server.url("/");
            const auto response =
                i % 2 == 0 ? client.send(get(url)) : client.download(get(url), sink);
            EXPECT_EQ(kind_of(response), ErrorKind::Unavailable);
        });
    }
    ASSERT_TRUE(support::await([&] { return server.count() == 4; }));
    const auto start = steady_clock::now();
    client.stop();
    for (auto& thread : threads) thread.join();
    EXPECT_LT(steady_clock::now() - start, seconds(30));
    EXPECT_EQ(kind_of(client.send(get(server.url("/")))), ErrorKind::Unavailable);
    EXPECT_EQ(server.count(), 4U);
}

// Surroundings

TEST(HttpClient, does_not_look_for_a_proxy_in_the_environment) {
    ::setenv("http_proxy", "http://127.0.0.1:1/", 1);
    ::setenv("ALL_PROXY", "http://127.0.0.1:1/", 1);
    ScriptedHttpServer server([](HttpTurn& turn) { turn.answer(200); });
    Client client(plain());
    EXPECT_TRUE(client.send(get(server.url("/"))).ok());
    ::unsetenv("http_proxy");
    ::unsetenv("ALL_PROXY");
}

TEST(HttpClient, asks_through_the_proxy_that_it_is_given) {
    ::setenv("no_proxy", "*", 1);
    ScriptedHttpServer proxy([](HttpTurn& turn) { turn.answer(200, turn.request.target); });
    auto options = plain();
    options.proxy = proxy.origin();
    Client client(options);
    const auto response = client.send(get("http://firmware.example/x"));
    ::unsetenv("no_proxy");
    ASSERT_TRUE(response.ok()) << response.error().text;
    EXPECT_EQ(response->body, "http://firmware.example/x");
}

}  // namespace
}  // namespace ajour::integration
