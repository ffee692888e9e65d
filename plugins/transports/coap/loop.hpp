// SPDX-License-Identifier: Apache-2.0
// One thread with its sockets and endpoints. Must not know CoAP.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "endpoint.hpp"
#include "limits.hpp"
#include "metrics.hpp"
#include "udp_socket.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

namespace ajour::coap {

class Loop {
public:
    /// What all loops of a transport share; outlives their threads.
    struct Service {
        const Limits& limits;
        Metrics& metrics;
        sdk::Inbox& inbox;
        sdk::Host& host;
    };

    Loop(const Service& service, UdpSocket socket);
    ~Loop();

    void spawn();
    /// Takes no more, gives running turns a while to end, and the thread ends. [any]
    void drain();
    void join();

    const UdpSocket& socket() const noexcept { return socket_; }

private:
    using Clock = std::chrono::steady_clock;
    using Time = std::chrono::milliseconds;

    void run() noexcept;
    void run_once();
    int wait_time() const noexcept;
    void read();
    void wake() noexcept;
    Time now() const noexcept;
    bool has_ended() const noexcept;

    const Service service_;
    UdpSocket socket_;
    Descriptor waking_;
    Descriptor poll_;
    const Clock::time_point born_ = Clock::now();
    std::vector<std::uint8_t> datagram_;
    Endpoint endpoint_;
    std::atomic<bool> draining_{false};
    std::atomic<Time> last_moment_{Time::max()};
    std::thread thread_;
};

}  // namespace ajour::coap
