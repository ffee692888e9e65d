// SPDX-License-Identifier: Apache-2.0
// The reference for the HTTP transport: a bare Boost.Beast server, one thread, that answers every
// request with the same bytes and does nothing else: no routes, no credentials, no timers, no
// limits of its own. http_echo --port 0 --size 531 prints "listening on http://127.0.0.1:PORT" and
// runs until it is ended.
#include "command_line.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <cstdint>
#include <iostream>
#include <memory>
#include <string>

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Response = http::response<http::string_body>;

class Session : public std::enable_shared_from_this<Session> {
public:
    Session(tcp::socket socket, const Response& response)
        : socket_(std::move(socket)), response_(response) {}

    void read() {
        request_ = {};
        http::async_read(socket_, buffer_, request_,
                         [self = shared_from_this()](const auto& error, std::size_t) {
                             if (!error) self->write();
                         });
    }

private:
    void write() {
        http::async_write(socket_, response_,
                          [self = shared_from_this()](const auto& error, std::size_t) {
                              if (!error && self->request_.keep_alive()) self->read();
                          });
    }

    tcp::socket socket_;
    const Response& response_;
    boost::beast::flat_buffer buffer_;
    http::request<http::string_body> request_;
};

void accept(tcp::acceptor& acceptor, const Response& response) {
    acceptor.async_accept([&](const auto& error, tcp::socket socket) {
        if (!error) {
            socket.set_option(tcp::no_delay(true));
            std::make_shared<Session>(std::move(socket), response)->read();
        }
        accept(acceptor, response);
    });
}

Response make_response(std::size_t size) {
    Response response(http::status::ok, 11);
    response.set("command", "dfu");
    response.set(http::field::content_type, "application/cbor");
    response.body() = std::string(size, 'x');
    response.prepare_payload();
    return response;
}

}  // namespace

int main(int count, char** words) try {
    using ajour::bench::option;
    const auto response = make_response(option(count, words, "--size", 531));
    const auto port = static_cast<std::uint16_t>(option(count, words, "--port", 0));
    asio::io_context io(1);
    tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), port});
    std::cout << "listening on http://" << acceptor.local_endpoint() << std::endl;
    accept(acceptor, response);
    io.run();
} catch (const std::exception& thrown) {
    std::cerr << "http_echo: " << thrown.what() << '\n';
    return 1;
}
