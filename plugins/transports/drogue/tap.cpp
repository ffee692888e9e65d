// SPDX-License-Identifier: Apache-2.0
#include "tap.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/rfc2818_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include <utility>

namespace ajour::drogue {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;

using Plain = beast::tcp_stream;
using Secure = beast::ssl_stream<beast::tcp_stream>;

/// The cloud pings each 5 s.
constexpr std::chrono::seconds longest_silence{30};

template <typename Stream>
class TapOver final : public Tap, public std::enable_shared_from_this<TapOver<Stream>> {
public:
    template <typename... Context>
    TapOver(Plan plan, TapListener& listener, asio::io_context& io, Context&... context)
        : plan_(std::move(plan)),
          listener_(listener),
          resolver_(io),
          socket_(io.get_executor(), context...) {}

    void begin() {
        auto on_found = [self = this->shared_from_this()](error_code code, const auto& found) {
            if (code) return self->end("looking its address up", code);
            self->connect(found);
        };
        resolver_.async_resolve(plan_.address.host, plan_.address.port, std::move(on_found));
    }

    void show_token(const std::string& token) override {
        if (!open_ || !written_.empty()) return;
        written_ = R"({"RefreshAccessToken":")" + token + "\"}";
        socket_.async_write(asio::buffer(written_),
                            [self = this->shared_from_this()](error_code, std::size_t) {
                                self->written_.clear();  // a failure shows when it is read from
                            });
    }

    void close() override {
        resolver_.cancel();
        lowest().close();
    }

private:
    Plain& lowest() { return beast::get_lowest_layer(socket_); }

    void connect(const asio::ip::tcp::resolver::results_type& found) {
        lowest().expires_after(plan_.connect);
        lowest().async_connect(found,
                               [self = this->shared_from_this()](error_code code, const auto&) {
                                   if (code) return self->end("connecting", code);
                                   self->secure();
                               });
    }

    void secure() {
        if constexpr (std::is_same_v<Stream, Secure>) {
            auto& tls = socket_.next_layer();
            SSL_set_tlsext_host_name(tls.native_handle(), plan_.address.host.c_str());
            tls.set_verify_callback(asio::ssl::rfc2818_verification(plan_.address.host));
            tls.async_handshake(asio::ssl::stream_base::client,
                                [self = this->shared_from_this()](error_code code) {
                                    if (code) return self->end("securing the connection", code);
                                    self->shake_hands();
                                });
        } else {
            shake_hands();
        }
    }

    void shake_hands() {
        lowest().expires_never();  // from here on the WebSocket's own timeouts count
        socket_.set_option(websocket::stream_base::timeout{plan_.connect, longest_silence, true});
        socket_.set_option(websocket::stream_base::decorator(
            [header = plan_.authorization](websocket::request_type& request) {
                if (!header.empty()) request.set(beast::http::field::authorization, header);
            }));
        socket_.read_message_max(plan_.event_bytes);
        socket_.async_handshake(answer_, plan_.address.text(), plan_.target,
                                [self = this->shared_from_this()](error_code code) {
                                    if (code) return self->refuse(code);
                                    self->open_ = true;
                                    self->listener_.opened(self->plan_.application);
                                    self->read();
                                });
    }

    void read() {
        socket_.async_read(buffer_,
                           [self = this->shared_from_this()](error_code code, std::size_t) {
                               if (code) return self->end("reading", code);
                               self->take();
                           });
    }

    void take() {
        const auto bytes = buffer_.cdata();
        listener_.arrived(plan_.application,
                          {static_cast<const char*>(bytes.data()), bytes.size()});
        buffer_.clear();
        read();
    }

    void refuse(error_code code) {
        if (code != websocket::error::upgrade_declined) return end("shaking hands", code);
        listener_.refused(plan_.application, answer_.result_int());
    }

    void end(const char* what, error_code code) {
        listener_.ended(plan_.application, std::string(what) + ": " + code.message());
    }

    const Plan plan_;
    TapListener& listener_;
    asio::ip::tcp::resolver resolver_;
    websocket::stream<Stream> socket_;
    websocket::response_type answer_;
    beast::flat_buffer buffer_;
    std::string written_;
    bool open_ = false;
};

template <typename Stream, typename... Context>
std::shared_ptr<Tap> begin(Tap::Plan plan, TapListener& listener, asio::io_context& io,
                           Context&... context) {
    auto tap = std::make_shared<TapOver<Stream>>(std::move(plan), listener, io, context...);
    tap->begin();
    return tap;
}

}  // namespace

std::shared_ptr<Tap> Tap::open(asio::io_context& io, asio::ssl::context& tls, Plan plan,
                               TapListener& listener) {
    if (plan.address.tls) return begin<Secure>(std::move(plan), listener, io, tls);
    return begin<Plain>(std::move(plan), listener, io);
}

}  // namespace ajour::drogue
