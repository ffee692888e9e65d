// SPDX-License-Identifier: Apache-2.0
// Accepts connections and serves each on a thread of a crew, once it has begun to ask. Takes the
// place of Poco's TCPServer, whose stop waits for idle threads to time out, and for connections
// that were just taken up.
#pragma once

#include "work/crew.hpp"

#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>
#include <poll.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace ajour::admin {

class Acceptor {
public:
    struct Limits {
        std::size_t threads = 8;  ///< as many connections are served at once
        /// Connections that are yet to ask, or wait for a thread. One more closes the one that was
        /// silent for the longest.
        std::size_t waiting = 64;
    };

    /// Begins to accept on a socket that listens.
    Acceptor(Poco::Net::ServerSocket listening, Poco::Net::HTTPServerParams::Ptr params,
             Poco::Net::HTTPRequestHandlerFactory::Ptr factory, const Limits& limits);
    ~Acceptor();
    Acceptor(const Acceptor&) = delete;
    Acceptor& operator=(const Acceptor&) = delete;

    /// Cuts all connections. On return no handler runs: it waits for what runs one now, and for
    /// nothing that a peer does. Safe twice.
    void stop();

private:
    /// A descriptor of our own for a connection that is being served: Poco closes its own whenever
    /// it likes.
    using Open = std::list<int>;

    using Clock = std::chrono::steady_clock;
    /// A connection that has not asked yet: it takes no thread from those that have.
    struct Silent {
        Poco::Net::StreamSocket socket;
        Clock::time_point since;
    };

    void accept();
    void take_turn();
    void accept_one();
    void hand_over(const std::vector<pollfd>& polled);
    void pause();
    void serve(const Poco::Net::StreamSocket& socket);
    std::optional<Open::iterator> open(const Poco::Net::StreamSocket& socket);
    void close(Open::iterator place);
    void cut_all();

    Poco::Net::ServerSocket listening_;
    const Poco::Net::HTTPServerParams::Ptr params_;
    const Poco::Net::HTTPRequestHandlerFactory::Ptr factory_;
    const std::size_t waiting_max_;
    std::list<Silent> silent_;  // of the thread that accepts; the oldest in front
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;  // guards open_, and that nothing joins it once we are stopping
    Open open_;
    std::condition_variable stopped_;
    work::Crew crew_;
    std::thread thread_;
};

}  // namespace ajour::admin
