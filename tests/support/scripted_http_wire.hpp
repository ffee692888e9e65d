// SPDX-License-Identifier: Apache-2.0
// One accepted connection, plain or TLS, with short waits so that its server can end at any time.
#pragma once

#include "support/scripted_http_server.hpp"

#include <openssl/ssl.h>

#include <atomic>
#include <optional>

namespace ajour::support {

class HttpTurn::Wire {
public:
    /// Takes the socket; `tls` null: plain.
    Wire(int socket, SSL_CTX* tls, const std::atomic<bool>& ending);
    ~Wire();
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    /// The next request; nothing when the client is gone.
    std::optional<HttpRequest> next();
    void write(std::string_view bytes);
    void pause(std::chrono::milliseconds time);
    void close();
    bool is_open();

private:
    bool is_ready(short events);
    bool receive();
    long attempt_read(char* buffer, std::size_t size);
    long attempt_write(std::string_view bytes);
    void greet(SSL_CTX* tls);
    bool fill_until(std::size_t size);

    int socket_;
    SSL* ssl_ = nullptr;
    const std::atomic<bool>& ending_;
    std::string held_;
};

}  // namespace ajour::support
