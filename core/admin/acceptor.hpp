// SPDX-License-Identifier: Apache-2.0
// Accepts connections and serves each on a thread of a crew. Takes the place of Poco's TCPServer,
// whose stop waits for idle threads to time out, and for connections that were just taken up.
#pragma once

#include "work/crew.hpp"

#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <thread>

namespace ajour::admin {

class Acceptor {
public:
    struct Limits {
        std::size_t threads = 8;   ///< as many connections are served at once
        std::size_t waiting = 64;  ///< connections that wait for a thread; more are closed
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

    void accept();
    void accept_one();
    void pause();
    void serve(const Poco::Net::StreamSocket& socket);
    std::optional<Open::iterator> open(const Poco::Net::StreamSocket& socket);
    void close(Open::iterator place);
    void cut_all();

    Poco::Net::ServerSocket listening_;
    const Poco::Net::HTTPServerParams::Ptr params_;
    const Poco::Net::HTTPRequestHandlerFactory::Ptr factory_;
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;  // guards open_, and that nothing joins it once we are stopping
    Open open_;
    std::condition_variable stopped_;
    work::Crew crew_;
    std::thread thread_;
};

}  // namespace ajour::admin
