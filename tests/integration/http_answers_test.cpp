// SPDX-License-Identifier: Apache-2.0
// Answers that come later, and the ends of connections and of the transport around them.
#include "http_server.hpp"

#include <future>

namespace ajour::integration {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

/// Keeps the replies that it was asked for.
class Deferred {
public:
    RecordingInbox::Answer taker() {
        return [this](const sdk::Message&, sdk::Reply& reply) {
            const std::lock_guard lock(mutex_);
            replies_.push_back(reply.later());
        };
    }
    std::unique_ptr<sdk::Reply> take() {
        for (int i = 0; i < 500; ++i) {
            const std::lock_guard lock(mutex_);
            if (!replies_.empty()) {
                auto reply = std::move(replies_.front());
                replies_.erase(replies_.begin());
                return reply;
            }
            std::this_thread::sleep_for(milliseconds(10));
        }
        return nullptr;
    }

private:
    std::mutex mutex_;
    std::vector<std::unique_ptr<sdk::Reply>> replies_;
};

TEST(HttpAnswers, may_come_later_from_another_thread) {
    Deferred deferred;
    HttpServer server({}, deferred.taker());
    auto client = server.connect();
    for (int i = 0; i < 3; ++i) {
        client.send(status_request());
        auto reply = deferred.take();
        ASSERT_TRUE(reply);
        reply->send(sdk::bytes_of("late"));
        EXPECT_EQ(body_of(client.answer()), "late");
    }
}

TEST(HttpAnswers, may_come_from_another_thread_while_submit_still_runs) {
    HttpServer server({}, [](const sdk::Message&, sdk::Reply& reply) {
        std::thread([later = reply.later()] { later->send(sdk::bytes_of("quick")); }).join();
    });
    EXPECT_EQ(body_of(server.ask(status_request())), "quick");
}

TEST(HttpAnswers, keep_the_order_of_pipelined_requests) {
    Deferred deferred;
    HttpServer server({}, deferred.taker());
    auto client = server.connect();
    client.send(status_request() + status_request());
    auto first = deferred.take();
    ASSERT_TRUE(first);
    EXPECT_EQ(server.inbox.messages().size(), 1U);
    first->send(sdk::bytes_of("first"));
    EXPECT_EQ(body_of(client.answer()), "first");
    auto second = deferred.take();
    ASSERT_TRUE(second);
    second->refuse(sdk::ErrorKind::Full);
    EXPECT_EQ(status_of(client.answer()), 503);
}

TEST(HttpAnswers, count_once) {
    Deferred deferred;
    HttpServer server({}, deferred.taker());
    auto client = server.connect();
    client.send(status_request());
    auto reply = deferred.take();
    reply->send(sdk::bytes_of("one"));
    reply->send(sdk::bytes_of("two"));
    reply->refuse(sdk::ErrorKind::Full);
    EXPECT_EQ(body_of(client.answer()), "one");
    server.inbox.answer_with([](const sdk::Message&, sdk::Reply& stack) {
        stack.send(sdk::bytes_of("three"));
        stack.refuse(sdk::ErrorKind::Internal);
        EXPECT_FALSE(stack.later());
    });
    client.send(status_request());
    EXPECT_EQ(body_of(client.answer()), "three");
}

TEST(HttpAnswers, that_never_come_end_with_503_when_ct_is_over) {
    Deferred deferred;
    HttpServer server({}, deferred.taker());
    auto client = server.connect();
    const auto start = Clock::now();
    client.send(status_request("s", "?ct=1"));
    EXPECT_EQ(status_of(client.answer()), 503);
    EXPECT_GE(Clock::now() - start, milliseconds(1000));
    EXPECT_EQ(server.host.value("answer_timeouts"), 1);
    deferred.take()->send(sdk::bytes_of("too late"));
    EXPECT_TRUE(server.reaches("late_answers", 1));
    client.send(status_request());
    deferred.take()->send(sdk::bytes_of("in time"));
    EXPECT_EQ(body_of(client.answer()), "in time");
}

TEST(HttpAnswers, are_waited_for_as_the_settings_say_without_ct_and_at_most) {
    Deferred deferred;
    HttpServer server(Settings{{"timeout.answer", "300ms"}, {"timeout.answer_max", "600ms"}},
                      deferred.taker());
    for (const auto* query : {"", "?ct=0", "?ct=4000000000"}) {
        EXPECT_EQ(status_of(server.ask(status_request("s", query))), 503) << query;
    }
}

TEST(HttpAnswers, find_no_one_when_the_connection_is_gone) {
    Deferred deferred;
    HttpServer server(Settings{{"timeout.answer_max", "300ms"}}, deferred.taker());
    auto client = server.connect();
    client.send(status_request());
    auto reply = deferred.take();
    ASSERT_TRUE(reply);
    client.close();
    ASSERT_TRUE(server.reaches("connections", 0));
    reply->send(sdk::bytes_of("anyone?"));
    server.inbox.answer_with(RecordingInbox::command("here"));
    EXPECT_EQ(body_of(server.ask(status_request())), "here");
}

TEST(HttpAnswers, that_are_dropped_become_500) {
    Deferred deferred;
    HttpServer server({}, deferred.taker());
    auto client = server.connect();
    client.send(status_request());
    deferred.take().reset();
    EXPECT_EQ(status_of(client.answer()), 500);
    server.inbox.answer_with([](const sdk::Message&, sdk::Reply&) {});
    EXPECT_EQ(status_of(server.ask(status_request())), 500);
}

TEST(HttpStop, lets_a_running_turn_end) {
    Deferred deferred;
    HttpServer server({}, deferred.taker());
    auto idle = server.connect();
    auto half = server.connect();
    half.send("POST /v1/dfu HTTP/1.1\r\n");
    auto client = server.connect();
    client.send(status_request());
    auto reply = deferred.take();
    ASSERT_TRUE(server.reaches("connections", 3));
    auto stopped = std::async(std::launch::async, [&] { server.transport->try_stop(); });
    EXPECT_TRUE(idle.is_closed());
    EXPECT_TRUE(half.is_closed());
    reply->send(sdk::bytes_of("last words"));
    const auto answer = client.answer();
    EXPECT_EQ(body_of(answer), "last words");
    EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos);
    EXPECT_EQ(stopped.wait_for(milliseconds(5000)), std::future_status::ready);
}

TEST(HttpStop, closes_what_gets_no_answer_and_outlives_late_replies) {
    Deferred deferred;
    std::unique_ptr<sdk::Reply> reply;
    {
        HttpServer server(Settings{{"timeout.stop", "200ms"}}, deferred.taker());
        auto client = server.connect();
        client.send(status_request());
        reply = deferred.take();
        const auto start = Clock::now();
        server.transport->try_stop();
        EXPECT_LT(Clock::now() - start, milliseconds(3000));
        EXPECT_TRUE(client.is_closed());
        reply->send(sdk::bytes_of("to nobody"));
    }
    reply.reset();
}

TEST(HttpStop, is_safe_twice_and_without_start) {
    HttpServer server;
    EXPECT_TRUE(std::filesystem::exists(server.host.state_directory() / "port"));
    server.transport->try_stop();
    server.transport->try_stop();
    EXPECT_FALSE(std::filesystem::exists(server.host.state_directory() / "port"));
    support::TestHost host(HttpServer::plugin().settings);
    auto idle = support::create<sdk::TransportPort>(HttpServer::plugin(), host);
    idle->try_stop();
}

TEST(HttpStart, can_follow_a_stop) {
    HttpServer server;
    server.transport->try_stop();
    ASSERT_TRUE(server.transport->try_start(server.inbox).ok());
    EXPECT_EQ(status_of(server.ask(status_request())), 200);
}

TEST(HttpStart, fails_with_a_sentence_when_the_address_is_taken) {
    HttpServer server;
    const auto port = std::to_string(server.port());
    support::TestHost host(HttpServer::plugin().settings,
                           {{"address", "127.0.0.1"}, {"port", port}});
    auto second = support::create<sdk::TransportPort>(HttpServer::plugin(), host);
    const auto started = second->try_start(server.inbox);
    ASSERT_FALSE(started.ok());
    EXPECT_EQ(started.error().text, "listening on 127.0.0.1:" + port + ": Address already in use");
}

TEST(HttpStart, fails_when_the_address_is_none) {
    support::TestHost host(HttpServer::plugin().settings, {{"address", "localhost:80"}});
    try {
        support::create<sdk::TransportPort>(HttpServer::plugin(), host);
        FAIL() << "was created";
    } catch (const std::runtime_error& refusal) {
        EXPECT_STREQ(refusal.what(),
                     "the address to listen on is 'localhost:80', expected an IP address");
    }
}

}  // namespace
}  // namespace ajour::integration
