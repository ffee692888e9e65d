// SPDX-License-Identifier: Apache-2.0
// Accepts connections on one address and deals them out to the loops. Bounds how many are open.
#pragma once

#include <ajour/sdk/result.hpp>

#include "loop.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace ajour::http {

/// Runs on the first loop's thread.
class Listener {
public:
    /// Binds and listens, so that an address in use shows at once. [main]
    static sdk::Result<std::unique_ptr<Listener>> open(const std::string& address,
                                                       std::uint16_t port,
                                                       std::vector<std::shared_ptr<Loop>> loops);

    /// Whether it is an IP address; an Error says what was found instead.
    static sdk::Result<void> check(const std::string& address);

    explicit Listener(std::vector<std::shared_ptr<Loop>> loops);

    /// "127.0.0.1:8080", "[::1]:8080".
    std::string address() const;
    std::uint16_t port() const;

    void begin();
    void close();

private:
    void wait();
    void accept();
    bool accept_one();
    void pause();

    std::vector<std::shared_ptr<Loop>> loops_;
    std::size_t next_ = 0;
    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::steady_timer timer_;
};

}  // namespace ajour::http
