// SPDX-License-Identifier: Apache-2.0
#include "stream.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace ajour::http {
namespace {

Transfer moved(ssize_t result, Need otherwise) noexcept {
    if (result > 0) return {static_cast<std::size_t>(result), Need::Nothing};
    const bool again = result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
    return {0, again ? otherwise : Need::Closed};
}

Need need_of(SSL* tls, int result) noexcept {
    switch (SSL_get_error(tls, result)) {
        case SSL_ERROR_WANT_READ:
            return Need::Readable;
        case SSL_ERROR_WANT_WRITE:
            return Need::Writable;
        default:
            return Need::Closed;
    }
}

Transfer read_tls(SSL* tls, std::span<char> room) noexcept {
    ERR_clear_error();
    std::size_t bytes = 0;
    const int result = SSL_read_ex(tls, room.data(), room.size(), &bytes);
    if (result > 0) return {bytes, Need::Nothing};
    return {0, need_of(tls, result)};
}

Transfer write_tls(SSL* tls, sdk::ByteView bytes) noexcept {
    ERR_clear_error();
    std::size_t written = 0;
    const int result = SSL_write_ex(tls, bytes.data(), bytes.size(), &written);
    if (result > 0) return {written, Need::Nothing};
    return {0, need_of(tls, result)};
}

/// Head and body go into one record as long as they fit, because each record costs 22 bytes and two
/// passes.
Transfer write_tls(SSL* tls, std::string_view head, sdk::ByteView body) noexcept {
    if (head.empty()) return write_tls(tls, body);
    std::array<std::uint8_t, 2048> record;
    const auto first = std::min(head.size(), record.size());
    const auto rest = std::min(body.size(), record.size() - first);
    std::memcpy(record.data(), head.data(), first);
    if (rest > 0) std::memcpy(record.data() + first, body.data(), rest);
    auto written = write_tls(tls, {record.data(), first + rest});
    if (written.bytes != record.size() || rest == body.size()) return written;
    const auto more = write_tls(tls, body.subspan(rest));
    return {written.bytes + more.bytes, more.need == Need::Closed ? Need::Closed : Need::Nothing};
}

}  // namespace

Need Stream::shake_hands() noexcept {
    ERR_clear_error();
    const int result = SSL_accept(tls_.get());
    return result == 1 ? Need::Nothing : need_of(tls_.get(), result);
}

Transfer Stream::read(std::span<char> room) noexcept {
    if (tls_) return read_tls(tls_.get(), room);
    return moved(::recv(socket_, room.data(), room.size(), 0), Need::Readable);
}

Transfer Stream::write(std::string_view head, sdk::ByteView body) noexcept {
    if (tls_) return write_tls(tls_.get(), head, body);
    iovec parts[] = {{const_cast<char*>(head.data()), head.size()},
                     {const_cast<std::uint8_t*>(body.data()), body.size()}};
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = body.empty() ? 1 : 2;
    return moved(::sendmsg(socket_, &message, MSG_NOSIGNAL), Need::Writable);
}

bool Stream::holds_back() const noexcept {
    return tls_ && SSL_pending(tls_.get()) > 0;
}

void Stream::say_goodbye() noexcept {
    if (!tls_ || SSL_is_init_finished(tls_.get()) == 0) return;
    ERR_clear_error();
    SSL_shutdown(tls_.get());
}

void Stream::finish() noexcept {
    say_goodbye();
    ::shutdown(socket_, SHUT_WR);
}

Transfer Stream::discard() noexcept {
    std::array<char, 8192> waste;
    return moved(::recv(socket_, waste.data(), waste.size(), 0), Need::Readable);
}

}  // namespace ajour::http
