// SPDX-License-Identifier: Apache-2.0
// A WebSocket server on a free port of 127.0.0.1 that sends what a test says.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace ajour::support {

/// Each connection has a thread, which sends what is due while nothing comes.
class WebSocketServer {
public:
    struct Request {
        std::string target;
        std::string authorization;
    };

    WebSocketServer() : acceptor_(io_, {boost::asio::ip::address_v4::loopback(), 0}) {
        port = acceptor_.local_endpoint().port();
        thread_ = std::thread([this] { accept(); });
    }
    ~WebSocketServer() {
        ending_ = true;
        ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
        thread_.join();
        cut();
        for (auto& guest : guests_) guest.thread.join();
    }

    /// To each connection that is there.
    void send(const std::string& text) { give(text); }
    /// Likewise; when it is answered `pongs` counts.
    void ping() { give(ping_mark); }
    /// Breaks all connections.
    void cut() {
        const std::lock_guard lock(mutex_);
        for (auto& guest : guests_) ::shutdown(guest.socket, SHUT_RDWR);
    }
    /// From now on each is turned away with this status; 0: none is.
    void refuse_with(unsigned status) { refusal_ = status; }

    std::vector<Request> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }
    std::vector<std::string> received() const {
        const std::lock_guard lock(mutex_);
        return received_;
    }

    std::uint16_t port = 0;
    std::atomic<int> pongs{0};

private:
    using Socket = boost::asio::ip::tcp::socket;
    using Stream = boost::beast::websocket::stream<Socket>;
    static constexpr const char* ping_mark = "ping";

    struct Guest {
        int socket = -1;
        bool open = false;
        std::vector<std::string> due;
        std::thread thread;
    };

    void give(const std::string& text) {
        const std::lock_guard lock(mutex_);
        for (auto& guest : guests_) {
            if (guest.open) guest.due.push_back(text);
        }
    }

    void accept() {
        while (!ending_) {
            boost::system::error_code code;
            Socket socket(io_);
            acceptor_.accept(socket, code);
            if (code) continue;
            const std::lock_guard lock(mutex_);
            auto& guest = guests_.emplace_back();
            guest.socket = socket.native_handle();
            guest.thread = std::thread(
                [this, &guest, moved = std::move(socket)]() mutable { serve(guest, moved); });
        }
    }

    void serve(Guest& guest, Socket& socket) noexcept {
        try {
            boost::beast::flat_buffer buffer;
            boost::beast::http::request<boost::beast::http::string_body> request;
            boost::beast::http::read(socket, buffer, request);
            note(request);
            if (refusal_ != 0) return turn_away(socket);
            Stream stream(std::move(socket));
            stream.control_callback([this](auto kind, auto) {
                if (kind == boost::beast::websocket::frame_type::pong) ++pongs;
            });
            stream.accept(request);
            set_open(guest, true);
            while (!ending_) converse(guest, stream);
        } catch (const std::exception&) {  // it is over
        }
        set_open(guest, false);
    }

    template <typename Message>
    void note(const Message& request) {
        const std::lock_guard lock(mutex_);
        requests_.push_back({std::string(request.target()),
                             std::string(request[boost::beast::http::field::authorization])});
    }

    void turn_away(Socket& socket) {
        boost::beast::http::response<boost::beast::http::empty_body> answer;
        answer.result(refusal_);
        answer.prepare_payload();
        boost::beast::http::write(socket, answer);
    }

    void converse(Guest& guest, Stream& stream) {
        for (const auto& text : take_due(guest)) {
            if (text == ping_mark) {
                stream.ping({});
            } else {
                stream.text(true);
                stream.write(boost::asio::buffer(text));
            }
        }
        if (stream.next_layer().available() == 0) {
            char byte = 0;
            if (::recv(stream.next_layer().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) ==
                0) {
                throw std::runtime_error("closed");
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
            return;
        }
        boost::beast::flat_buffer buffer;
        stream.read(buffer);
        const std::lock_guard lock(mutex_);
        received_.push_back(boost::beast::buffers_to_string(buffer.data()));
    }

    std::vector<std::string> take_due(Guest& guest) {
        const std::lock_guard lock(mutex_);
        return std::exchange(guest.due, {});
    }
    void set_open(Guest& guest, bool open) {
        const std::lock_guard lock(mutex_);
        guest.open = open;
        if (!open) guest.socket = -1;
    }

    boost::asio::io_context io_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::atomic<bool> ending_{false};
    std::atomic<unsigned> refusal_{0};
    mutable std::mutex mutex_;  // guards all below
    std::list<Guest> guests_;
    std::vector<Request> requests_;
    std::vector<std::string> received_;
    std::thread thread_;
};

}  // namespace ajour::support
