// SPDX-License-Identifier: Apache-2.0
// One thread with its doors. Must not know CoAP.
#pragma once

#include "door.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

namespace ajour::coap {

class Loop {
public:
    explicit Loop(const Door::Service& service);
    ~Loop();

    // Before `spawn`.
    void open(UdpSocket socket);
    void open(UdpSocket socket, std::unique_ptr<DtlsServer> server);

    void spawn();
    /// Takes no more, gives running turns a while to end, and the thread ends. [any]
    void drain();
    void join();

private:
    using Clock = std::chrono::steady_clock;
    using Time = std::chrono::milliseconds;

    void add(std::unique_ptr<Door> door);
    void run() noexcept;
    void run_once();
    void read(int descriptor);
    void close_doors() noexcept;
    int wait_time() const noexcept;
    void wake() noexcept;
    Time now() const noexcept;
    bool has_ended() const noexcept;

    const Door::Service service_;
    Descriptor waking_;
    Descriptor poll_;
    const Clock::time_point born_ = Clock::now();
    std::vector<std::uint8_t> datagram_;
    std::vector<std::unique_ptr<Door>> doors_;
    std::atomic<bool> draining_{false};
    std::atomic<Time> last_moment_{Time::max()};
    std::thread thread_;
};

}  // namespace ajour::coap
