// SPDX-License-Identifier: Apache-2.0
// A stop waits for nothing that a peer does, and for no thread that has nothing to do.
#include "integration/admin_fixture.hpp"

#include <atomic>
#include <thread>

namespace ajour::admin {
namespace {

using namespace std::chrono_literals;
using Time = std::chrono::steady_clock;

constexpr std::string_view last_request =
    "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

/// A sanitizer, and others at work on the machine, take their time.
constexpr auto at_once = 900ms;

struct AdminStop : RunningAdmin {
    Time::duration stop_time() {
        const auto begin = Time::now();
        server->stop();
        server->stop();
        return Time::now() - begin;
    }

    void ask_and_close() const {
        const RawConnection connection(server->port());
        connection.send(last_request);
        (void)connection.receive(2s);
    }

    /// Many short connections at once, which leave more than one thread idle.
    void burst() const {
        std::vector<std::jthread> clients;
        for (int i = 0; i < 8; ++i) {
            clients.emplace_back([this] {
                for (int n = 0; n < 8; ++n) ask_and_close();
            });
        }
    }
};

TEST_F(AdminStop, waits_for_no_idle_thread) {
    for (int round = 0; round < 12; ++round) {
        start();
        burst();
        ASSERT_LT(stop_time(), at_once) << "in round " << round;
    }
}

TEST_F(AdminStop, waits_for_no_connection_that_comes_just_then) {
    for (int round = 0; round < 12; ++round) {
        start();
        const auto port = server->port();
        std::vector<std::unique_ptr<RawConnection>> open;
        std::atomic<bool> came = false;
        std::jthread client([&] {
            try {
                for (int i = 0; i < 40; ++i, came = true) {
                    open.push_back(std::make_unique<RawConnection>(port));
                }
            } catch (const std::runtime_error&) {  // the server has gone
            }
            came = true;
        });
        while (!came) std::this_thread::yield();
        ASSERT_LT(stop_time(), at_once) << "in round " << round;
        client.join();
    }
}

TEST_F(AdminStop, waits_for_no_request_and_for_no_reader) {
    const RawConnection idle(server->port());
    idle.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    (void)idle.receive(200ms);
    const RawConnection silent(server->port());
    const RawConnection half(server->port());
    half.send("POST " + apps_path() + " HTTP/1.1\r\nContent-Length: 10\r\n\r\n{");
    std::this_thread::sleep_for(100ms);
    EXPECT_LT(stop_time(), at_once);
}

TEST_F(AdminStop, lets_a_handler_end_and_answers_nobody_afterwards) {
    std::atomic<bool> began = false;
    std::atomic<bool> ended = false;
    set_hook([&](std::string_view, const sdk::HookRequest&) {
        began = true;
        std::this_thread::sleep_for(300ms);
        ended = true;
        return sdk::Result<void>();
    });
    const auto port = server->port();
    const RawConnection connection(port);
    connection.send("POST /api/ajour/v1/hooks/x HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
    while (!began) std::this_thread::yield();
    server->stop();
    EXPECT_TRUE(ended);
    EXPECT_THROW(RawConnection{port}, std::runtime_error);
}

}  // namespace
}  // namespace ajour::admin
