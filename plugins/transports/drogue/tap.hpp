// SPDX-License-Identifier: Apache-2.0
// One connection to the WebSocket integration, which brings the events of one application. Of one
// thread.
#pragma once

#include "websocket_address.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace ajour::drogue {

/// Who is told what happens to a tap.
class TapListener {
public:
    virtual ~TapListener() = default;

    virtual void opened(const std::string& application) = 0;
    virtual void arrived(const std::string& application, std::string_view text) = 0;
    /// One of these comes once, and nothing after it.
    virtual void refused(const std::string& application, unsigned status) = 0;
    virtual void ended(const std::string& application, const std::string& why) = 0;
};

class Tap {
public:
    struct Plan {
        const WebSocketAddress& address;
        std::string application;
        std::string target;         ///< path and query
        std::string authorization;  ///< a header's value; empty: none
        std::chrono::milliseconds connect;
        std::size_t event_bytes;
    };

    /// Begins to connect.
    static std::shared_ptr<Tap> open(boost::asio::io_context& io, boost::asio::ssl::context& tls,
                                     Plan plan, TapListener& listener);
    virtual ~Tap() = default;

    /// Shows a new token of the OpenID provider's, of a tap that is open.
    virtual void show_token(const std::string& token) = 0;
    /// Ends it soon.
    virtual void close() = 0;
};

}  // namespace ajour::drogue
